/**
 * A watch that runs until the user ends it.
 *
 * @module
 */

import { chosenFormat } from "../../output/formats.ts";
import { formatQuantity } from "../../../text/count.ts";
import { escapeMessage } from "../../../text/escape/text.ts";
import { formatJsonLine } from "../../../text/json_line.ts";
import type { CheckRun } from "../../../watch/check_run.ts";
import { describeDeliveryFailure, describeRetry } from "../../../watch/delivery/delivery_text.ts";
import { describeRun } from "../../../watch/state/describe_run.ts";
import type { TaskPlan } from "../../../watch/tasks/task.ts";
import { formatChange, formatCheckRun } from "../../../watch/watch_text.ts";
import { Watcher } from "../../../watch/watcher.ts";
import { ExitCode } from "../../exit_code.ts";
import { lossyOutput } from "../../output/lossy_output.ts";
import { isSilent } from "../../output/silent.ts";
import { describeMeasuring, isAboutMeasuring } from "./measuring.ts";
import { loadPlan } from "./plan.ts";
import { ReloadSignal } from "./reload_signal.ts";
import type { WatchRun } from "./run.ts";

/** Runs the checks at their intervals until the user ends the watch. */
export async function watchOn(run: WatchRun): Promise<number> {
  const { file, flags, io, history } = run;
  let failure: { readonly error: unknown } | undefined;
  let { plan } = run;
  // A watch without its output is useless, so it ends, and a supervisor can restart it.
  const fail = (error: unknown): void => {
    failure ??= { error };
    watcher.stop();
  };
  // A watch continues without its log. But if stderr was a terminal that has gone away, nobody can end the
  // watch any more.
  const stderr = lossyOutput(io.stderr, (error) => io.stderr.terminal && fail(error));
  const complain = (text: string): void => void stderr.write(`sonde: ${escapeMessage(plan.redact(text))}\n`);
  const note = (text: string): void => {
    if (!flags.quiet) complain(text);
  };
  let written: Promise<void> = Promise.resolve();
  const watcher = new Watcher(plan, {
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
  note(
    `Watching ${describePlan(plan)}, ${
      flags.history === undefined ? "without a history" : `history in ${flags.history}`
    }`,
  );
  let named = plan.files;
  const reload = async (): Promise<void> => {
    const next = await loadPlan(file, flags.only, { stderr }, ({ files }) => named = files);
    if (next === undefined) {
      return complain(`Did not load ${file}: sonde continues with ${describePlan(plan)}`);
    }
    const changes = describeChanges(plan, next);
    plan = next;
    named = plan.files;
    watcher.setChecks(plan);
    note(`Read ${file} again: ${describePlan(plan)}, ${changes}`);
  };
  using _reloads = new ReloadSignal(file, reload, () => named);
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

function describePlan({ tasks, receivers }: TaskPlan): string {
  const checks = formatQuantity(tasks.length, "check");
  return receivers.length === 0 ? checks : `${checks} for ${formatQuantity(receivers.length, "receiver")}`;
}

/** Describes what a reload changed. A check whose name has changed is a new one. */
function describeChanges(before: TaskPlan, after: TaskPlan): string {
  const known = new Map(before.tasks.map(({ name, identity }) => [name, identity]));
  const names = new Set(after.tasks.map(({ name }) => name));
  const counts: readonly (readonly [number, string])[] = [
    [after.tasks.filter(({ name }) => !known.has(name)).length, "new"],
    [
      after.tasks.filter(({ name, identity }) => (known.get(name) ?? identity) !== identity).length,
      "changed",
    ],
    [before.tasks.filter(({ name }) => !names.has(name)).length, "removed"],
  ];
  return counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`).join(", ") ||
    "no check has changed";
}
