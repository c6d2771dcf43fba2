/**
 * Starts the servers of the soak test in a process of their own: the faulty ones of the zoo, and good ones.
 *
 * @module
 */

import { FAULTS } from "../tests/zoo/_faults.ts";
import { startFault } from "../tests/zoo/_start.ts";
import { fixture } from "../tests/peer/peer.ts";

/** The URLs of the running servers. */
export interface SoakServers extends AsyncDisposable {
  readonly faults: readonly string[];
  readonly good: readonly string[];
}

/** Starts the process and waits for its servers. */
export async function startSoakServers(): Promise<SoakServers> {
  const self = new URL(import.meta.url).pathname;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-all", self],
    stdin: "piped",
    stdout: "piped",
  });
  const child = command.spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("Cannot soak: the servers did not start");
    text += value;
  }
  const { faults, good } = JSON.parse(text) as { faults: string[]; good: string[] };
  return {
    faults,
    good,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await reader.cancel();
      await child.stdin.close();
      await child.status;
    },
  };
}

function answer(): Response {
  return new Response("x".repeat(512), { headers: { "content-type": "text/plain" } });
}

if (import.meta.main) {
  // A server may throw when the client breaks off a connection, which does not matter here.
  globalThis.addEventListener("unhandledrejection", (event) => event.preventDefault());
  const faults = await Promise.all(FAULTS.filter(({ peer }) => peer !== "full").map(startFault));
  const usual = { hostname: "127.0.0.1", port: 0, onListen() {} };
  const plain = Deno.serve(usual, answer);
  const secure = Deno.serve({ ...usual, cert: fixture("good.pem"), key: fixture("good.key") }, answer);
  const good = [`http://127.0.0.1:${plain.addr.port}/`, `https://127.0.0.1:${secure.addr.port}/`];
  console.log(JSON.stringify({ faults: faults.map(({ url }) => url), good }));
}
