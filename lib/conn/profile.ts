/**
 * Examines the connections of a server, experiment by experiment, and draws findings from them.
 *
 * @module
 */

import { probeTarget } from "../probe/probe.ts";
import type { ConnectionProfile, ExperimentReport, ProbeResult } from "../result.ts";
import { type Target, toTarget } from "../target/target.ts";
import { allExperiments } from "./all_experiments.ts";
import type { Experiment } from "./experiment.ts";
import { findProblems } from "./findings/findings.ts";
import { PROFILE_OPTION_NAMES } from "./option_names.ts";
import type { ProfileOptions } from "./options.ts";
import { runExperiments } from "./run_experiments.ts";
import type { RunOptions } from "./run_options.ts";
import { checkSelection, selectExperiments } from "./select.ts";
import { settleOptions } from "./settle_options.ts";
import { checkOptions } from "../text/check_options.ts";
import { openSite } from "./site.ts";
import { TotalTime } from "./total_time.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** Milliseconds for a server to notice that a connection was closed. */
const PARTING = 20;

/**
 * Examines how a server treats connections: whether it keeps them, how it ends them, how it answers requests that are
 * sent at once, and how long an idle connection lives. Needs `--allow-net` for the target.
 *
 * By default it sends a few dozen small, ordinary requests over at most four simultaneous connections. You have to name
 * all other experiments in `only`, and permit malformed requests with `intrusive`. No action of a server makes it
 * throw.
 *
 * @param target A URL or host as {@linkcode parseTarget} reads it, or the target that it gave
 * @returns The profile; `error` gives the reason if the server could not be reached
 * @throws {SyntaxError} If the target is neither a URL nor a host
 * @throws {TypeError} If an option or an experiment does not exist, or an experiment is not permitted
 * @throws {RangeError} If a number among the options cannot be used
 *
 * @example Usage
 * ```ts
 * import { profileConnection } from "https://deno.land/x/sonde/lib/conn.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const profile = await profileConnection(`http://127.0.0.1:${server.addr.port}/`, { only: ["head"] });
 * assert.equal(profile.experiments["head"]?.outcome, "consistent");
 * ```
 */
export async function profileConnection(
  target: string | URL | Target,
  options: ProfileOptions = {},
): Promise<ConnectionProfile> {
  checkOptions(options, PROFILE_OPTION_NAMES);
  const parsed = toTarget(target);
  settleOptions(options);
  checkSelection(options);
  const startedAt = new Date().toISOString();
  const { totalTime } = options;
  const began = performance.now();
  using total = new TotalTime(totalTime);
  const signal = total.signalWith(options.signal);
  const contact = await makeContact(parsed, options);
  const profile: ConnectionProfile = withoutUndefined({
    schema: 1,
    input: parsed.input,
    url: contact.url,
    startedAt,
    ok: contact.error === undefined,
    contact: endpointsOf(contact),
    error: contact.error,
    experiments: {},
    findings: [],
    checks: [],
    exchanges: options.keepExchanges ? { contact: { kept: [contact], leftOut: 0 } } : undefined,
  });
  // A cut answer does not stop the examination: the way of cutting is a subject of the experiments.
  const cut = contact.error?.kind === "truncated" && contact.status !== undefined;
  if (contact.error && !cut) return profile;

  // The connection of the contact is closed. The server gets a moment to notice, so that it never has five open.
  await new Promise((resolve) => setTimeout(resolve, PARTING));
  const site = await openSite(parsed, contact, { ...options, signal });
  const https = site.subject.target.scheme === "https";
  const selected = selectExperiments(options, { https, addresses: site.addresses.length });
  const { onProgress, onEstimate, behind } = options;
  const onExchanges = options.keepExchanges ? keepIn(profile, allExperiments(options)) : undefined;
  const experiments = await runExperiments(site, selected, {
    onProgress,
    onEstimate,
    behind,
    endsAt: totalTime === undefined ? undefined : began + totalTime,
    onExchanges,
  });
  return finish(profile, experiments, options);
}

function endpointsOf({ connection }: ProbeResult): ConnectionProfile["contact"] {
  if (connection === undefined) return undefined;
  const { local, peer: { address, port } } = connection;
  return { local, peer: { address, port } };
}

/** Orders the exchanges of experiments, which end in any order, like their table. */
function keepIn(
  profile: ConnectionProfile,
  experiments: readonly Experiment[],
): NonNullable<RunOptions["onExchanges"]> {
  const names = ["contact", ...experiments.map(({ name }) => name)];
  return (experiment, exchanges) => {
    const all = { ...profile.exchanges, [experiment]: exchanges };
    const kept = names.flatMap((name) => all[name] ? [[name, all[name]] as const] : []);
    profile.exchanges = Object.fromEntries(kept);
  };
}

function finish(
  profile: ConnectionProfile,
  experiments: Record<string, ExperimentReport>,
  options: ProfileOptions,
): ConnectionProfile {
  const { behind, signal } = options;
  const findings = findProblems(experiments, { front: behind, experiments: allExperiments(options) });
  if (!signal?.aborted) return { ...profile, experiments, findings };
  const message = `Cannot examine ${profile.url} to the end: interrupted`;
  return {
    ...profile,
    ok: false,
    error: { kind: "aborted", phase: "wait", by: "local", message },
    experiments,
    findings,
  };
}

/**
 * Sends an ordinary request first: it settles the scheme and the address, and without an answer there is nothing to
 * examine.
 */
function makeContact(target: Target, options: ProfileOptions): Promise<ProbeResult> {
  const { maxTime = Infinity, totalTime = Infinity } = options;
  const isTotal = totalTime < maxTime;
  const time = isTotal ? totalTime : maxTime;
  return probeTarget(target, {
    ...withoutMethod(options),
    maxTime: time < Infinity ? time : undefined,
    whole: isTotal ? "the whole run" : undefined,
    linger: { kept: 0, closing: 0 },
    keepRequest: options.keepExchanges,
  });
}

/** The method among the options applies to experiments with content, not to the contact. */
function withoutMethod({ method: _, ...options }: ProfileOptions): Omit<ProfileOptions, "method"> {
  return options;
}
