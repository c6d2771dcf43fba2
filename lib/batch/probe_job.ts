/**
 * One try of one target of a batch.
 *
 * @module
 */

import { Deadline } from "../net/deadline.ts";
import { ipFamily } from "../net/ip_address.ts";
import { lookupAddresses } from "../net/lookup.ts";
import { probe } from "../probe.ts";
import type { ProbeOptions } from "../probe/options.ts";
import type { Check, ProbeResult } from "../result.ts";
import {
  type BatchInput,
  type BatchTarget,
  describeBadTarget,
  type PreparedTarget,
  prepareTarget,
} from "./batch_target.ts";
import type { TryContext, TryOutcome } from "./runner.ts";

/** What is done with each target. */
export interface JobOptions extends ProbeOptions {
  /**
   * Probe each address of a name, one row each.
   *
   * @default {false}
   */
  readonly allAddresses?: boolean;
  /** Held against each result; `ok` is true only if all of them hold. */
  readonly check?: (result: ProbeResult) => Check[];
  /** Says of an address of a name that it needs no row. */
  readonly skipAddress?: (target: BatchTarget) => boolean;
}

/** Probes a target once, or turns a name into its addresses. */
export async function tryTarget(
  input: BatchInput,
  options: JobOptions,
  context: TryContext,
): Promise<TryOutcome<BatchInput, ProbeResult>> {
  const prepared = prepareTarget(input, options);
  if ("problem" in prepared) return { type: "row", row: describeBadTarget(prepared), total: 0 };
  if (needsAddresses(prepared, options)) {
    const jobs = await findAddresses(prepared, options, context);
    if (jobs) return { type: "jobs", jobs };
  }
  const result = await probe(prepared.target, { ...prepared.options, signal: context.signal });
  if (result.error?.kind === "aborted") return { type: "aborted" };
  finishResult(result, prepared, options, context);
  const { error, timings: { total } } = result;
  return error ? { type: "row", row: result, error, total } : { type: "row", row: result, total };
}

function finishResult(
  result: ProbeResult,
  { source }: PreparedTarget,
  options: JobOptions,
  { attempts }: TryContext,
): void {
  const { line, tag, address, id, check } = source;
  if (options.check || check) {
    result.checks = [...options.check?.(result) ?? [], ...check?.(result) ?? []];
    if (result.checks.some(({ ok }) => !ok)) result.ok = false;
  }
  if (attempts.length > 0) result.attempts = [...attempts, ...result.attempts ?? []];
  if (line !== undefined) result.line = line;
  if (tag !== undefined) result.tag = tag;
  if (address !== undefined) result.address = address;
  if (id !== undefined) result.id = id;
}

function needsAddresses({ target, source }: PreparedTarget, options: JobOptions): boolean {
  return options.allAddresses === true && options.unixSocket === undefined && source.address === undefined &&
    ipFamily(target.host) === 0;
}

/** The addresses of a name as targets. A lookup that fails is left to the probe to tell. */
async function findAddresses(
  { target, source, options }: PreparedTarget,
  { skipAddress }: JobOptions,
  { signal }: TryContext,
): Promise<BatchTarget[] | undefined> {
  const { maxTime = 10_000, family } = options;
  using deadline = new Deadline({ maxTime, signal });
  const found = await lookupAddresses(target.host, deadline, family ? { family } : {});
  if (found.type !== "found") return undefined;
  const jobs = [...new Set(found.addresses)].map((address): BatchTarget => ({ ...source, address }));
  return skipAddress ? jobs.filter((job) => !skipAddress(job)) : jobs;
}

/** The host that a target puts load on; whatever cannot be read puts none on any. */
export function hostOf(input: BatchInput): string {
  const prepared = prepareTarget(input, {});
  return "problem" in prepared ? "" : prepared.target.host;
}
