/**
 * A watch that runs until the user ends it.
 *
 * @module
 */

import { chosenFormat } from "../../output/formats.ts";
import { formatJsonLine } from "../../../text/json_line.ts";
import type { CheckRun } from "../../../watch/check_run.ts";
import { describeDeliveryFailure, describeRetry } from "../../../watch/delivery/delivery_text.ts";
import { describeRun } from "../../../watch/state/describe_run.ts";
import { formatChange, formatCheckRun } from "../../../watch/watch_text.ts";
import { Watcher } from "../../../watch/watcher.ts";
import { ExitCode } from "../../exit_code.ts";
import { lossyOutput } from "../../output/lossy_output.ts";
import { isSilent } from "../../output/silent.ts";
import { describeMeasuring, isAboutMeasuring } from "./measuring.ts";
import { type CurrentPlan, describePlan, readAgain } from "./read_again.ts";
import { ReloadSignal } from "./reload_signal.ts";
import type { WatchRun } from "./run.ts";
import { formatNote } from "../../output/note.ts";

/** Runs the checks at their intervals until the user ends the watch. */
export async function watchOn(run: WatchRun): Promise<number> {
  const { file, flags, io, history } = run;
  let failure: { readonly error: unknown } | undefined;
  const current: CurrentPlan = { plan: run.plan, files: run.plan.files };
  // A watch without its output is useless, so it ends, and a supervisor can restart it.
  const fail = (error: unknown): void => {
    failure ??= { error };
    watcher.stop();
  };
  // A watch continues without its log. But if stderr was a terminal that has gone away, nobody can end the
  // watch any more.
  const stderr = lossyOutput(io.stderr, (error) => io.stderr.terminal && fail(error));
  const complain = (text: string): void => void stderr.write(formatNote(current.plan.redact(text), io));
  const note = (text: string): void => {
    if (!flags.quiet) complain(text);
  };
  let written: Promise<void> = Promise.resolve();
  const watcher = new Watcher(current.plan, {
    history,
    keep: flags.keep,
    concurrency: flags.concurrency,
    signal: io.signal,
    onRun(checked) {
      for (const line of describeMeasuring(checked.changes)) complain(line);
      written = run.output.write(formatEvent(checked, run));
      written.catch(fail);
      if (run.output.broken) watcher.stop();
    },
    onDeliveryFailure: (failure) =>
      complain(`${describeDeliveryFailure(failure)}; ${describeRetry(failure)}`),
    onProblem: ({ message }) => complain(message),
  });
  const place = flags.history === undefined ? "without a history" : `history in ${flags.history}`;
  note(`Watching ${describePlan(current.plan)}, ${place}`);
  const reload = () =>
    readAgain(current, { run, watcher, io: { stderr, widthOf: io.widthOf }, complain, note });
  using _reloads = new ReloadSignal(file, reload, () => current.files);
  await watcher.run();
  if (failure !== undefined) throw failure.error;
  await written;
  return io.signal.aborted ? ExitCode.interrupted : ExitCode.ok;
}

function formatEvent(run: CheckRun, { flags, view }: WatchRun): string {
  if (isSilent(flags)) return "";
  const { check, verdict, excluded, reason, skipped, warnings, result, changes } = run;
  if (chosenFormat(flags) === "json") {
    const cause = verdict === "up" ? null : describeRun(run);
    const events = [
      { type: "run", check, verdict, cause, excluded, reason, skipped, warnings, result },
      ...changes.map((change) => ({ type: "change", ...change })),
    ];
    return events.map((event) => `${formatJsonLine(event)}\n`).join("");
  }
  const lines = changes.filter((change) => !isAboutMeasuring(change)).map((change) =>
    formatChange(change, view)
  );
  if (flags.verbose) lines.unshift(formatCheckRun(run, view));
  return lines.map((line) => `${line}\n`).join("");
}
