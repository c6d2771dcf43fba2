/**
 * Runs the experiments of a check.
 *
 * @module
 */

import type { ExperimentReport, ProbeResult } from "../result.ts";
import { parseTarget } from "../target/target.ts";
import { isProfileDue, type KeptProfile, usableProfile } from "./kept_profile.ts";
import { redactAll } from "./redaction/redact_all.ts";
import type { Task } from "./tasks/task.ts";

/** Milliseconds for all experiments of a check. */
const LONGEST = 60_000;

/** Statuses of a server that should be left alone: too many requests, and its own failures. */
function isTroubled(status: number): boolean {
  return status === 429 || status >= 500;
}

/** Gives the experiments that a run is judged by: the kept ones, or new ones if they are due. */
export async function currentProfile(
  task: Task,
  contact: ProbeResult,
  { kept, signal }: { readonly kept: KeptProfile | undefined; readonly signal: AbortSignal },
): Promise<KeptProfile | undefined> {
  const before = usableProfile(kept, task);
  return isProfileDue(before, task, Date.now()) ? await examine(task, contact, { before, signal }) : before;
}

/**
 * Runs the experiments of a check on the server that has just answered. An outcome that could not be told leaves the one
 * of the profile before.
 *
 * @param contact Result of the run
 * @returns The profile before if the server did not answer or is in trouble
 */
async function examine(
  task: Task,
  contact: ProbeResult,
  { before, signal }: { readonly before: KeptProfile | undefined; readonly signal: AbortSignal },
): Promise<KeptProfile | undefined> {
  const { conn } = task;
  if (conn === undefined || contact.error !== undefined || isTroubled(contact.status ?? 0)) return before;
  const at = new Date().toISOString();
  const { addExperiments } = await import("../conn/quick.ts");
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LONGEST);
  try {
    const { experiments = {} } = await addExperiments(contact, parseTarget(task.url), {
      ...task.options,
      only: conn.experiments,
      signal: AbortSignal.any([signal, stop.signal]),
    });
    if (signal.aborted) return before;
    const merged = mergeReports(before?.experiments ?? {}, experiments);
    return redactAll(
      { at, definition: task.definition, experiments: merged },
      (text) => text === task.definition ? text : task.redact(text),
    );
  } finally {
    clearTimeout(timer);
  }
}

function mergeReports(
  before: Readonly<Record<string, ExperimentReport>>,
  now: Readonly<Record<string, ExperimentReport>>,
): Record<string, ExperimentReport> {
  return Object.fromEntries(
    Object.entries(now).map(([name, report]) => {
      const kept = report.outcome === "unknown" ? before[name] ?? report : report;
      return [name, { ...kept, evidence: [] }];
    }),
  );
}
