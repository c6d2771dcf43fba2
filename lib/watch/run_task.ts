/**
 * Runs a check once, with its retries.
 *
 * @module
 */

import { PROBE_DEFAULTS } from "../probe/defaults.ts";
import { formatDuration } from "../text/duration.ts";
import { checkResult, prepareChecks, withChecks } from "../expect/check_result.ts";
import { withoutText } from "../expect/without_text.ts";
import { probe } from "../probe/probe.ts";
import type { Check, ProbeResult } from "../result.ts";
import { isInMaintenance } from "./maintenance/maintenance_window.ts";
import type { CheckPredicate } from "./tasks/check_definition.ts";
import { redactAll } from "./tasks/secrets.ts";
import type { Task } from "./tasks/task.ts";

/** The verdict of one run. `unknown` means that a local fault prevented a verdict. */
export type Verdict = "up" | "degraded" | "down" | "unknown";

/** One run of a check; secrets are replaced by `***`. */
export interface TaskRun {
  /** Result of the probe, with the checks of its expectations. */
  readonly result: ProbeResult;
  /** The verdict that follows from the result and the warnings. */
  readonly verdict: Verdict;
  /** Checks of the expectations that only degrade a check. */
  readonly warnings: readonly Check[];
  /** Tries after the first one. */
  readonly retries: number;
  /** The run does not count, because it overlapped a window of maintenance. */
  readonly excluded?: "maintenance" | undefined;
  /** Why a run that failed has the verdict `unknown`: a check that it depends on is down. */
  readonly reason?: string | undefined;
}

/** Milliseconds between tries at most. */
const RETRY_WAIT = 1000;

/**
 * Runs a check once, with the retries that it allows before it counts as failed. A target or predicate that fails does
 * not throw.
 *
 * @param signal Ends the run early; the result then has the error kind `aborted`
 */
export async function runTask(task: Task, signal: AbortSignal): Promise<TaskRun> {
  const from = Date.now();
  const run = await tryOften(task, signal);
  return isInMaintenance(task.maintenance, { from, to: Date.now() })
    ? { ...run, excluded: "maintenance" }
    : run;
}

async function tryOften(task: Task, signal: AbortSignal): Promise<TaskRun> {
  const attempts: NonNullable<ProbeResult["attempts"]> = [];
  for (let retries = 0;; retries++) {
    const run = await tryTask(task, signal);
    const { error, timings } = run.result;
    if (run.verdict !== "down" || retries === task.retries || signal.aborted) {
      return attempts.length === 0 ? { ...run, retries } : {
        ...run,
        retries,
        result: { ...run.result, attempts: [...attempts, ...run.result.attempts ?? []] },
      };
    }
    if (error !== undefined) attempts.push({ error, total: timings.total });
    await pause(Math.min(RETRY_WAIT, task.interval / 10), signal);
  }
}

async function tryTask(task: Task, signal: AbortSignal): Promise<Omit<TaskRun, "retries">> {
  const limit = task.options.maxTime ?? PROBE_DEFAULTS.maxTime;
  const probed = await probe(task.url, { ...task.options, signal });
  await prepareChecks(probed, [...task.expectations, ...task.degraded]);
  const checked = withChecks({ ...probed, tag: task.name }, task.expectations, { redact: task.redact });
  const predicted = await Promise.all(
    task.predicates.map(([name, predicate]) => holdPredicate(name, predicate, checked, limit)),
  );
  const checks = [...checked.checks, ...predicted];
  const result = withoutText({ ...checked, checks, ok: checked.ok && predicted.every(({ ok }) => ok) });
  const warnings = checkResult(probed, task.degraded, { redact: task.redact });
  const verdict = judge(result, warnings);
  return { ...redactAll({ result, warnings }, (text) => task.redact(text)), verdict };
}

function judge({ ok, error }: ProbeResult, warnings: readonly Check[]): Verdict {
  if (error?.by === "local") return "unknown";
  if (!ok) return "down";
  return warnings.every((it) => it.ok) ? "up" : "degraded";
}

/** Calls a predicate. If it throws or takes too long, the check fails. */
async function holdPredicate(
  expect: string,
  predicate: CheckPredicate,
  result: ProbeResult,
  limit: number,
): Promise<Check> {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve(`no answer within ${formatDuration(limit)}`), limit);
  try {
    const actual = await Promise.race([predicate(result), late]);
    return { expect, ok: actual === true, actual: asPlainData(actual) };
  } catch (error) {
    return { expect, ok: false, actual: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Converts a value to plain data; a value that JSON cannot hold becomes text. */
function asPlainData(value: unknown): unknown {
  try {
    const json = JSON.stringify(value) as string | undefined;
    return json === undefined ? String(value) : JSON.parse(json);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** Waits for some milliseconds, or until the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const stop = (): void => resolve();
  signal.addEventListener("abort", stop, { once: true });
  await promise;
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
}
