/**
 * Runs a check once, with its retries.
 *
 * @module
 */

import { chainTotal } from "../redirect_chain.ts";
import type { ProbeResult } from "../result.ts";
import { isInMaintenance } from "./maintenance/maintenance_window.ts";
import type { KeptProfile } from "./kept_profile.ts";
import type { TaskRun } from "./task_run.ts";
import type { Task } from "./tasks/task.ts";
import { tryTask } from "./try_task.ts";

export type { TaskRun, Verdict } from "./task_run.ts";

/** Milliseconds between tries at most. */
const RETRY_WAIT = 1000;

/**
 * Runs a check once, with the retries that it allows before it counts as failed. A target or predicate that fails does
 * not throw.
 *
 * @param signal Ends the run early; the result then has the error kind `aborted`
 * @param profile The experiments that earlier runs kept
 */
export async function runTask(task: Task, signal: AbortSignal, profile?: KeptProfile): Promise<TaskRun> {
  const from = Date.now();
  const run = await tryOften(task, signal, profile);
  return isInMaintenance(task.maintenance, { from, to: Date.now() })
    ? { ...run, excluded: "maintenance" }
    : run;
}

async function tryOften(task: Task, signal: AbortSignal, kept?: KeptProfile): Promise<TaskRun> {
  let profile = kept;
  const attempts: NonNullable<ProbeResult["attempts"]> = [];
  for (let retries = 0;; retries++) {
    const run = await tryTask(task, signal, profile);
    profile = run.profile;
    const { error } = run.result;
    if (run.verdict !== "down" || retries === task.retries || signal.aborted) {
      return attempts.length === 0 ? { ...run, retries } : {
        ...run,
        retries,
        result: { ...run.result, attempts: [...attempts, ...run.result.attempts ?? []] },
      };
    }
    if (error !== undefined) attempts.push({ error, total: chainTotal(run.result) });
    await pause(Math.min(RETRY_WAIT, task.interval / 10), signal);
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
