/**
 * Tries one target of a batch once.
 *
 * @module
 */

import type { JobOptions } from "./batch_options.ts";
import { LagMeter } from "../time/lag.ts";
import { ipFamily } from "../net/ip_address.ts";
import { lookupAddresses } from "../net/dial/lookup.ts";
import { probeTarget } from "../probe/probe.ts";
import { planEndPoint } from "../probe/dial_plan.ts";
import { makeDeadline } from "../probe/hop.ts";
import { PROBE_OPTION_NAMES } from "../probe/option_names.ts";
import type { ProbeOptions } from "../probe/options.ts";
import { chainTotal } from "../redirect_chain.ts";
import type { ProbeResult } from "../result.ts";
import { pickOptions } from "../text/check_options.ts";
import { schemesToTry, settleTarget } from "../target/target.ts";
import {
  addIdentity,
  type BadTarget,
  type BatchInput,
  type BatchTarget,
  describeBadTarget,
  readInput,
  refuseTarget,
} from "./batch_target.ts";
import { hasOwnSettings, type PreparedTarget, prepareTarget } from "./prepare_target.ts";
import type { TryContext, TryOutcome } from "./job_handler.ts";

/** Probes a target once, or expands a name into its addresses. */
export async function tryTarget(
  input: BatchInput,
  jobOptions: JobOptions,
  context: TryContext,
): Promise<TryOutcome<BatchInput, ProbeResult>> {
  const options = allowLostTime(jobOptions, context.starvedTries);
  const prepared = prepareTarget(input, options);
  if ("problem" in prepared) return { type: "row", row: describeBadTarget(prepared), total: 0 };
  if (needsAddresses(prepared, options)) {
    const jobs = await findAddresses(prepared, options, context);
    if (jobs) return { type: "jobs", jobs };
  }
  const probed = await probePrepared(prepared, options.enrich, context.signal);
  if ("problem" in probed) return { type: "row", row: describeBadTarget(probed), total: 0 };
  if (probed.error?.kind === "aborted") return { type: "aborted" };
  await (prepared.source.judge ?? options.judge)?.prepare?.(probed);
  const row = finishResult(probed, prepared.source, options, context);
  const { error } = row;
  const total = chainTotal(row);
  return error ? { type: "row", row, error, total } : { type: "row", row, total };
}

/** // On a machine that stays busy, only a longer wait gives a target the time that its limits promise. */
function allowLostTime(options: JobOptions, starvedTries: number): JobOptions {
  if (starvedTries === 0) return options;
  const { lostTimeAllowance = 1 } = options;
  return { ...options, lostTimeAllowance: lostTimeAllowance * 2 ** starvedTries };
}

/**
 * If a target's own settings make no valid request, the target is bad. If the options of the batch do, the caller made
 * a mistake.
 */
async function probePrepared(
  { target, options, source }: PreparedTarget,
  enrich: JobOptions["enrich"],
  signal: AbortSignal,
): Promise<ProbeResult | BadTarget> {
  try {
    const result = await probeTarget(target, { ...options, signal });
    return enrich && !result.error
      ? await enrich(result, target, pickOptions({ ...options, signal }, PROBE_OPTION_NAMES))
      : result;
  } catch (error) {
    const mistake = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
    if (!mistake || !hasOwnSettings(source)) throw error;
    return refuseTarget(source, error.message);
  }
}

function finishResult(
  probed: ProbeResult,
  source: BatchTarget,
  options: JobOptions,
  { attempts, active }: TryContext,
): ProbeResult {
  const result = (source.judge ?? options.judge)?.check(probed) ?? probed;
  if (attempts.length > 0) result.attempts = [...attempts, ...result.attempts ?? []];
  addIdentity(result, source);
  result.concurrency = active;
  return result;
}

function needsAddresses({ target, source }: PreparedTarget, options: JobOptions): boolean {
  return options.allAddresses === true && options.unixSocket === undefined && source.address === undefined &&
    ipFamily(target.host) === 0;
}

/** Gives the addresses of a name as targets. If the lookup fails, the probe will report that. */
async function findAddresses(
  { target, source, options }: PreparedTarget,
  { skipAddress, onAddresses }: JobOptions,
  { signal }: TryContext,
): Promise<BatchTarget[] | undefined> {
  const plans = schemesToTry(target).map((scheme) => {
    const settled = settleTarget(target, scheme);
    const { host, port, addresses } = planEndPoint(settled, options);
    return { elsewhere: host !== target.host || port !== settled.port, addresses };
  });
  // If a rule names another place to connect to, the addresses of the name do not matter.
  if (plans.some(({ elsewhere }) => elsewhere)) return undefined;
  const given = plans.flatMap(({ addresses = [] }) => addresses);
  const addresses = given.length > 0 ? given : await lookUp(target.host, options, signal);
  const { family } = options;
  const usable = addresses?.filter((address) => family === undefined || ipFamily(address) === family) ?? [];
  if (usable.length === 0) return undefined;
  const jobs = [...new Set(usable)].map((address): BatchTarget => ({ ...source, address }));
  onAddresses?.(jobs.length);
  return skipAddress ? jobs.filter((job) => !skipAddress(job)) : jobs;
}

async function lookUp(
  host: string,
  options: ProbeOptions,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const { family } = options;
  using lag = new LagMeter();
  using deadline = makeDeadline({ ...options, signal }, performance.now(), lag);
  const found = await lookupAddresses(host, deadline, family ? { family } : {});
  return found.type === "found" ? found.addresses : undefined;
}

/** Gives the host that bears the load of a target; an unreadable target puts load on no host. */
export function hostOf(input: BatchInput): string {
  const prepared = prepareTarget(input, {});
  return "problem" in prepared ? "" : prepared.target.host;
}

/**
 * Estimates the connections that a target needs: a bare host is tried over https and then http, redirects are followed,
 * and experiments may follow an answer.
 */
export function connectionsOf(input: BatchInput, { maxRedirects = 0, enrich }: JobOptions): number {
  const source = readInput(input);
  if ("problem" in source) return 1;
  const { url } = source;
  return 1 + (url.includes("://") ? 0 : 1) + (maxRedirects > 0 ? 1 : 0) + (enrich ? 1 : 0);
}

/** Counts the characters of content that a row keeps in memory, including those of its redirects. */
export function retainedSize({ body, redirects }: Pick<ProbeResult, "body" | "redirects">): number {
  let characters = body?.text?.length ?? 0;
  for (const hop of redirects) characters += hop.body?.text?.length ?? 0;
  return characters;
}
