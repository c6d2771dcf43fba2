/** Waits for an interruption and reports it; with the argument "stuck" it then hangs. */

import { Interrupt } from "../../lib/cli/interrupt.ts";

const stuck = Deno.args[0] === "stuck";
using interrupt = new Interrupt(() => Deno.exit(130));
const ended = new Promise<void>((resolve) => interrupt.signal.addEventListener("abort", () => resolve()));
console.log("ready");
await ended;
console.log("interrupted");
// A timer keeps the process alive: only the second signal ends it.
if (stuck) await new Promise((resolve) => setTimeout(resolve, 60_000));
