/**
 * A watch that runs every check once.
 *
 * @module
 */

import type { CheckRun } from "../../../watch/check_run.ts";
import {
  describeDeliveryFailure,
  describeRetry,
  describeUnsent,
} from "../../../watch/delivery/delivery_text.ts";
import type { TaskPlan } from "../../../watch/tasks/task.ts";
import { Watcher } from "../../../watch/watcher.ts";
import { ExitTally, type Verdict } from "../../exit_code.ts";
import { chosenFormat, loadFormatter, traitsOf } from "../../output/formats.ts";
import { CountedProgress } from "../../output/counted_progress.ts";
import { lossyOutput } from "../../output/lossy_output.ts";
import { describeMeasuring } from "./measuring.ts";
import { OnceView } from "./once_view.ts";
import type { WatchRun } from "./run.ts";
import { formatNote } from "../../output/note.ts";

/** Runs every check once: for cron and CI. */
export async function watchOnce(run: WatchRun): Promise<number> {
  const { flags, io, history } = run;
  const plan = traitsOf(flags).keepsRequests ? keepingRequests(run.plan) : run.plan;
  const tally = new ExitTally(io.missing);
  const failures = new Set<string>();
  const measuring: string[] = [];
  const formatter = await loadFormatter("results", chosenFormat(flags), { checks: true });
  const view = new OnceView(run, plan, formatter);
  await using progress = new CountedProgress(io, {
    total: plan.tasks.length,
    noun: "check",
    lasting: plan.receivers.length > 0,
    quiet: flags.quiet,
  });
  const watcher = new Watcher(plan, {
    history,
    keep: flags.keep,
    concurrency: flags.concurrency,
    signal: io.signal,
    onRun(checked) {
      const notes = describeMeasuring(checked.changes);
      // Without a history, sonde does not know what it said before, and the output has the cause already.
      if (flags.history !== undefined) measuring.push(...notes);
      tally.add(exitVerdict(checked, flags.history === undefined || notes.length > 0));
      view.add(checked);
      progress.take();
    },
    // Print one message for several failed tries of one delivery.
    onDeliveryFailure(failure) {
      const described = describeDeliveryFailure(failure);
      // No other message says that the next run will not have this notice.
      failures.add(failure.wait === undefined ? `${described}; ${describeRetry(failure)}` : described);
    },
  });
  const onChecked = (): Promise<void> => {
    if (plan.receivers.length > 0) progress.goOn("delivering notices for up to 15 s");
    return view.end();
  };
  const outcome = await watcher.runOnce({ onChecked });
  await progress.end();
  const unsent = outcome.unsent.map((it) => describeUnsent(it, flags.history !== undefined));
  // The exit code depends on the checks alone, even if these messages cannot be written.
  const stderr = lossyOutput(io.stderr, () => {});
  for (const line of [...measuring, ...failures, ...unsent]) {
    await stderr.write(formatNote(plan.redact(line), io));
  }
  return io.signal.aborted ? tally.code(true) : formatter?.code ?? tally.code();
}

/**
 * Gives the part of a run that the exit code depends on: only a check that is down or unknown fails.
 *
 * @param advises Lets the end of the run advise on a missing permission.
 */
function exitVerdict({ verdict, excluded, result }: CheckRun, advises: boolean): Verdict {
  if (excluded !== undefined || verdict === "up" || verdict === "degraded") return { ok: true };
  return verdict === "down"
    ? { ok: false }
    : { ok: false, error: { by: "local", grant: advises ? result?.error?.grant : undefined } };
}

/** Makes the checks keep their requests, for a format that shows them. */
function keepingRequests(plan: TaskPlan): TaskPlan {
  const tasks = plan.tasks.map((task) => ({ ...task, options: { ...task.options, keepRequest: true } }));
  return { ...plan, tasks };
}
