/**
 * A watch that goes on until the user ends it.
 *
 * @module
 */

import { escapeMessage } from "../../../text/escape/text.ts";
import { formatJsonLine } from "../../../text/json_line.ts";
import { Deliverer } from "../../../watch/delivery/deliverer.ts";
import { describeFailure, describeRetry } from "../../../watch/delivery/delivery_text.ts";
import type { ChangeNotice } from "../../../watch/delivery/notify.ts";
import { HistoryError } from "../../../watch/history/history_error.ts";
import { Recorder } from "../../../watch/recorder.ts";
import type { TaskPlan } from "../../../watch/tasks/task.ts";
import { formatChange, formatRun } from "../../../watch/watch_text.ts";
import { Scheduler, type WatchedRun } from "../../../watch/scheduler.ts";
import { ExitCode } from "../../exit_code.ts";
import { lossyOutput } from "../../output/lossy_output.ts";
import { isSilent } from "../../output/silent.ts";
import { ReloadSignal } from "./reload_signal.ts";
import { forgetOld, guardHistory } from "./history.ts";
import { loadPlan } from "./plan.ts";
import type { WatchRun } from "./run.ts";

/** Milliseconds between two looks for what is too old for the history. */
const SWEEP = 3_600_000;

/** Runs the checks at their intervals until the user ends it. */
export async function watchOn(run: WatchRun): Promise<number> {
  const { file, flags, io, history } = run;
  const stop = Promise.withResolvers<void>();
  let failure: { readonly error: unknown } | undefined;
  let plan = run.plan;
  // Without its history or output the watch is worth nothing: whoever restarts it has to know.
  const fail = (error: unknown): void => {
    failure ??= { error };
    stop.resolve();
  };
  // Who has lost a log has not lost the watch; but where there was a terminal, nobody is left who could end it.
  const stderr = lossyOutput(io.stderr, (error) => io.stderr.terminal && fail(error));
  const complain = (text: string): void => void stderr.write(`sonde: ${escapeMessage(plan.redact(text))}\n`);
  const note = (text: string): void => {
    if (!flags.quiet) complain(text);
  };
  await using deliverer = new Deliverer(history.deliveries, {
    onFailure: (failure) => complain(`${describeFailure(failure)}; ${describeRetry(failure)}`),
  });
  const recorder = new Recorder(history, deliverer, plan);
  recorder.setPlan(plan);
  let written: Promise<void> = Promise.resolve();
  const onRun = (watched: WatchedRun): void => {
    try {
      const changes = recorder.record(watched);
      written = run.output.write(formatEvent(watched, changes, run));
      written.catch(fail);
      if (run.output.broken) stop.resolve();
    } catch (error) {
      // The next run says the same, if it is so.
      if (error instanceof HistoryError && error.busy) {
        complain(`${error.message}: a run of ${watched.task.name} is not in it`);
      } else fail(error);
    }
  };
  await using scheduler = new Scheduler({ onRun, concurrency: flags.concurrency });
  scheduler.setTasks(plan.tasks);
  note(
    `Watching ${describePlan(plan)}, ${
      flags.history === undefined ? "without a history" : `history in ${flags.history}`
    }`,
  );
  const reload = async (): Promise<void> => {
    const next = await loadPlan(file, flags.only, { stderr });
    if (next === undefined) {
      return complain(`${file} was not taken over: going on with ${describePlan(plan)}`);
    }
    plan = next;
    recorder.setPlan(plan);
    scheduler.setTasks(plan.tasks);
    note(`Read ${file} again: ${describePlan(plan)}`);
  };
  using _reloads = new ReloadSignal(file, reload);
  using _sweep = sweepNowAndThen(run, complain);
  using _guard = guardHistory(flags.history, fail);
  io.signal.addEventListener("abort", () => stop.resolve(), { once: true });
  if (io.signal.aborted) stop.resolve();
  await stop.promise;
  if (failure !== undefined) throw failure.error;
  await written;
  return io.signal.aborted ? ExitCode.interrupted : ExitCode.ok;
}

/** Removes what is too old for the history, again and again. */
function sweepNowAndThen({ history, flags }: WatchRun, complain: (text: string) => void): Disposable {
  const timer = setInterval(() => {
    try {
      forgetOld(history, flags.keep);
    } catch (error) {
      // It is tried again in an hour, and until then there is only more than need be.
      complain((error as Error).message);
    }
  }, SWEEP);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function formatEvent(
  { task, run, skipped }: WatchedRun,
  changes: ChangeNotice[],
  { flags, view }: WatchRun,
): string {
  if (isSilent(flags)) return "";
  const check = task.redact(task.name);
  if (flags.json || flags.format === "json") {
    const { verdict, warnings, result } = run;
    const events = [
      { type: "run", check, verdict, skipped, warnings, result },
      ...changes.map((change) => ({ type: "change", ...change })),
    ];
    return events.map((event) => `${formatJsonLine(event)}\n`).join("");
  }
  const lines = changes.map((change) => formatChange(change, view));
  if (flags.verbose) lines.unshift(formatRun(check, run, view));
  return lines.map((line) => `${line}\n`).join("");
}

function describePlan({ tasks }: TaskPlan): string {
  return tasks.length === 1 ? "1 check" : `${tasks.length} checks`;
}
