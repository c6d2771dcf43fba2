/**
 * Sends the same request several times, on new connections or on one.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { schemesToTry, settleTarget, type Target, toTarget } from "../target/target.ts";
import { checkOptions, type OptionNames } from "../text/check_options.ts";
import { sleep } from "../time/sleep.ts";
import { prepareHop } from "./hop.ts";
import { PROBE_OPTION_NAMES } from "./option_names.ts";
import type { ProbeOptions } from "./options.ts";
import { probeTarget } from "./probe.ts";
import type { ReusedConnection } from "./reused_connection.ts";

/** Options of {@linkcode probeSeries}. */
export interface SeriesOptions extends ProbeOptions {
  /**
   * Number of requests.
   *
   * @default {1}
   */
  readonly count?: number | undefined;
  /**
   * Milliseconds from the start of one request to the start of the next. A request that takes longer delays the next
   * one.
   *
   * @default {0}
   */
  readonly interval?: number | undefined;
  /**
   * Sends all requests over one connection. If it cannot carry another request, the series opens a new one, and
   * `newConnection` of the result gives the reason. Redirects are shown, not followed. Each result comes when the next
   * request is due, and includes the end of the connection and stray octets until then.
   *
   * @default {false}
   */
  readonly reuse?: boolean | undefined;
}

const SERIES_OPTION_NAMES = {
  ...PROBE_OPTION_NAMES,
  count: true,
  interval: true,
  reuse: true,
} as const satisfies OptionNames<SeriesOptions>;

/**
 * Probes one target repeatedly. Each result comes as soon as it is complete; over one connection it comes when the next
 * request is due. If the connection ends before that request, the same object gets its end.
 *
 * @throws {SyntaxError} If the target is no URL and no host
 * @throws {TypeError} If an option does not exist, or the options make no valid request
 * @throws {RangeError} If `count` is not a whole number of at least 1
 *
 * @example Usage
 * ```ts
 * import { probeSeries } from "https://deno.land/x/sonde/lib/probe.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const reused: unknown[] = [];
 * for await (const result of probeSeries(`http://127.0.0.1:${server.addr.port}/`, { count: 3, reuse: true })) {
 *   reused.push(result.connection?.reused);
 * }
 * assert.deepEqual(reused, [false, true, true]);
 * ```
 */
export async function* probeSeries(
  target: string | URL | Target,
  options: SeriesOptions = {},
): AsyncGenerator<ProbeResult, void> {
  checkOptions(options, SERIES_OPTION_NAMES);
  const { count = 1, interval = 0, reuse = false, signal } = options;
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Cannot send ${count} requests: a whole number from 1 on is wanted`);
  }
  const parsed = toTarget(target);
  await using connection = reuse ? await openReusedConnection(parsed, options) : undefined;
  // Work that a process does once, such as loading TLS, does not count in the first interval.
  await prepareHop(settleTarget(parsed, schemesToTry(parsed)[0]!), options);
  for (let i = 0; i < count; i++) {
    const startedAt = performance.now();
    const last = i === count - 1;
    const result = connection ? await connection.probe(last) : await probeTarget(parsed, options);
    if (!connection) yield result;
    if (!last && !signal?.aborted) {
      const ms = startedAt + interval - performance.now();
      await (connection ? connection.pause(ms) : sleep(ms, signal));
    }
    if (connection) yield result;
    if (signal?.aborted) return;
  }
}

async function openReusedConnection(target: Target, options: SeriesOptions): Promise<ReusedConnection> {
  const { ReusedConnection } = await import("./reused_connection.ts");
  return new ReusedConnection(target, options);
}
