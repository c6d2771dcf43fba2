#!/usr/bin/env -S deno run --allow-net
/**
 * The command line: `deno run --allow-net cli.ts URL…`.
 *
 * @module
 */

import { main } from "./lib/cli/main.ts";

if (import.meta.main) Deno.exit(await main(Deno.args));
