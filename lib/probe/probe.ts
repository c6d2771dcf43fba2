/**
 * Probes one target and gives one result.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { type Target, toTarget } from "../target/target.ts";
import { checkOptions } from "../text/check_options.ts";
import { type HopOptions, probeHop } from "./hop.ts";
import { PROBE_OPTION_NAMES } from "./option_names.ts";
import type { ProbeOptions } from "./options.ts";
import { Route } from "./route.ts";

/**
 * Sends one request and reports everything that was seen: status and headers, framing, deviations, the time of each phase,
 * TLS, and the end of the connection. Needs `--allow-net` for the target, nothing else.
 *
 * Failures of the peer and the network are the `error` of the result; they never throw. Every wait has a deadline.
 *
 * @param target A URL or host as {@linkcode parseTarget} reads it, or the target that it gave
 * @returns The result; `ok` says whether a complete final response was read
 * @throws {SyntaxError} If the target is no URL and no host
 * @throws {TypeError} If an option does not exist, or the options make no valid request
 * @throws {RangeError} If a limit is not above 0
 *
 * @example Usage
 * ```ts
 * import { probe } from "https://deno.land/x/sonde/lib/probe.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const result = await probe(`http://127.0.0.1:${server.addr.port}/`, { keepText: true });
 * assert.equal(result.status, 200);
 * assert.equal(result.body?.text, "hi");
 * assert.equal(result.connection?.announced?.persistent, true);
 * ```
 */
export async function probe(
  target: string | URL | Target,
  options: ProbeOptions = {},
): Promise<ProbeResult> {
  checkOptions(options, PROBE_OPTION_NAMES);
  return await probeTarget(toTarget(target), options);
}

/** Does the same as {@linkcode probe}, with options whose names were checked earlier and that may include others. */
export async function probeTarget(target: Target, options: HopOptions): Promise<ProbeResult> {
  using route = await Route.plan(target, options);
  do route.take(await probeHop(route.target, route.context)); while (!route.result);
  return route.result;
}
