/**
 * Probes many targets and gives a stream of results.
 *
 * @module
 */

import { BATCH_LINGER } from "../probe/defaults.ts";
import { type BatchOptions, checkBatchOptions, type JobOptions } from "./batch_options.ts";
import type { BatchInput } from "./batch_target.ts";
import { connectionsOf, hostOf, retainedSize, tryTarget } from "./try_target.ts";
import { preload } from "./preload.ts";
import { runJobs } from "./run_jobs.ts";
import type { RunMeter } from "./run_meter.ts";
import type { ProbeResult } from "../result.ts";

/**
 * Probes many targets, `concurrency` of them at once, and gives one result for each in the order in which they finish.
 * A failure is a result too, and so is a text that is not a target (`error.kind` is `"usage"`).
 *
 * When this machine runs out of file descriptors, ports or memory for sockets, the batch probes fewer targets at once
 * and tries the affected ones again, so that each result describes its target. Memory does not grow with the number of
 * targets: while nobody reads results, no new target starts. Leaving the loop or aborting the signal ends running
 * probes; targets that have no result by then get none.
 *
 * @param targets URLs, hosts, or objects with settings of their own, as {@linkcode readTargets} gives them
 * @param options `linger` defaults to `{ kept: 0, closing: 300 }`
 * @returns The results, one by one
 * @throws {RangeError} If a limit is not above 0, or `retries` is below
 * @throws {TypeError} If an option does not exist, or the options make no valid request
 *
 * @example Usage
 * ```ts
 * import { probeAll } from "https://deno.land/x/sonde/lib/batch.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const { port } = server.addr;
 * const kinds: string[] = [];
 * for await (const result of probeAll([`http://127.0.0.1:${port}/`, "http://nobody:0/"], { ordered: true })) {
 *   kinds.push(result.error?.kind ?? String(result.status));
 * }
 * assert.deepEqual(kinds, ["200", "usage"]);
 * ```
 */
export async function* probeAll(
  targets: Iterable<BatchInput> | AsyncIterable<BatchInput>,
  options: BatchOptions = {},
): AsyncGenerator<ProbeResult, void, void> {
  for await (const results of probeInGroups(targets, options)) {
    // Not `yield*`, which makes two more promises for each.
    for (const result of results) yield result;
  }
}

/**
 * Does the same as {@linkcode probeAll}, but gives all results that are ready as one group.
 *
 * @param meter Follows the tries. Without one nothing is spent on it.
 */
export async function* probeInGroups(
  targets: Iterable<BatchInput> | AsyncIterable<BatchInput>,
  options: BatchOptions = {},
  meter?: RunMeter,
): AsyncGenerator<ProbeResult[], void, void> {
  checkBatchOptions(options);
  const jobOptions: JobOptions = { ...options, linger: options.linger ?? BATCH_LINGER };
  const attempt = (input: BatchInput, context: Parameters<typeof tryTarget>[2]) =>
    tryTarget(input, jobOptions, context);
  const handler = {
    attempt: meter === undefined ? attempt : async (...args: Parameters<typeof attempt>) => {
      const end = meter.begin();
      const outcome = await attempt(...args);
      end(outcome.type === "row");
      return outcome;
    },
    hostOf,
    connectionsOf: (input: BatchInput) => connectionsOf(input, jobOptions),
    retainedSize,
  };
  await preload();
  yield* runJobs(targets, handler, options);
}
