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
import type { ProbeResult } from "../result.ts";

/**
 * Probes many targets, `concurrency` of them at once. One result for each, as they finish: what fails is a result too, and
 * so is a text that is no target (`error.kind` `"usage"`).
 *
 * When this machine runs out of file descriptors, ports or memory for sockets, fewer targets are probed at once and those
 * hit are tried again: their results tell their own state. Memory does not grow with the number of targets; while nobody takes
 * results no new target is begun. Breaking off the loop, or the signal, ends what is under way; targets without a result
 * by then have none.
 *
 * @param targets URLs, hosts, or objects with settings of their own, as {@linkcode readTargets} gives them
 * @param options `linger` is `{ kept: 0, closing: 300 }` where nothing else is said
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

/** As {@linkcode probeAll}, but with all results together that were there when the consumer came back. */
export async function* probeInGroups(
  targets: Iterable<BatchInput> | AsyncIterable<BatchInput>,
  options: BatchOptions = {},
): AsyncGenerator<ProbeResult[], void, void> {
  checkBatchOptions(options);
  const jobOptions: JobOptions = { ...options, linger: options.linger ?? BATCH_LINGER };
  const handler = {
    attempt: (input: BatchInput, context: Parameters<typeof tryTarget>[2]) =>
      tryTarget(input, jobOptions, context),
    hostOf,
    connectionsOf: (input: BatchInput) => connectionsOf(input, jobOptions),
    retainedSize,
  };
  await preload();
  yield* runJobs(targets, handler, options);
}
