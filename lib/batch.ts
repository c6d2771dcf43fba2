/**
 * Probes many targets and gives a stream of results, one for each target.
 *
 * @example Usage
 * ```ts
 * import { probeAll } from "https://deno.land/x/sonde/lib/batch.ts";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const base = `http://127.0.0.1:${server.addr.port}`;
 * const statuses = new Set<number | undefined>();
 * for await (const { status } of probeAll([`${base}/a`, `${base}/b`])) statuses.add(status);
 * if (!statuses.has(200) || statuses.size > 1) throw new Error(`other statuses: ${[...statuses]}`);
 * ```
 *
 * @module
 */

export { probeAll } from "./batch/probe_all.ts";
export type { BatchOptions, JobOptions, RunnerOptions } from "./batch/batch_options.ts";
export type { BadTarget, BatchInput, BatchTarget, Judge, TargetIdentity } from "./batch/batch_target.ts";
export { readTargets, type ReadTargetsOptions } from "./batch/read_targets.ts";
export type { ExpandOptions } from "./batch/expand_target.ts";
export { isInShard, type Shard } from "./batch/shard.ts";
export type {
  ConnectToRule,
  LimitOptions,
  Linger,
  ProbeOptions,
  ReachOptions,
  RequestOptions,
  ResolveRule,
} from "./probe/options.ts";
export type { HeadersInput } from "./probe/header_changes.ts";
export type { FieldLine } from "./http/field_line.ts";
export type { LimitsInput, ReaderLimits } from "./http/limits.ts";
export type { Scheme, SettledTarget, Target } from "./target/target.ts";
export type * from "./result.ts";
export type * from "./wire/wire_event.ts";
