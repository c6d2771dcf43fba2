/**
 * A watch that runs every check once.
 *
 * @module
 */

import { escapeMessage } from "../../../text/escape/text.ts";
import type { ResultDocument } from "../../../report/result_document.ts";
import { Deliverer } from "../../../watch/delivery/deliverer.ts";
import { describeFailure, describeUnsent } from "../../../watch/delivery/delivery_text.ts";
import { Recorder } from "../../../watch/recorder.ts";
import type { Task } from "../../../watch/tasks/task.ts";
import { Scheduler, type WatchedRun } from "../../../watch/scheduler.ts";
import { ExitTally } from "../../exit_code.ts";
import { isDocumentFormat, openDocument } from "../../output/document_formats.ts";
import { lossyOutput } from "../../output/lossy_output.ts";
import { OnceView } from "./once_view.ts";
import type { WatchRun } from "./run.ts";

/** Milliseconds for telling receivers after the last check; what could not be told by then is left to the next run. */
const DELIVERY_TIME = 15_000;

/** Milliseconds to the next try that are waited for: one that is due later comes too late for this run. */
const LONGEST_WAIT = 5000;

/** Runs every check once: for cron and CI. */
export async function watchOnce(run: WatchRun): Promise<number> {
  const { flags, io, history, plan } = run;
  const tally = new ExitTally();
  const failures = new Set<string>();
  await using deliverer = new Deliverer(history.deliveries, {
    longestWait: LONGEST_WAIT,
    // Of several tries of one delivery it is said once.
    onFailure: (failure) => failures.add(describeFailure(failure)),
  });
  deliverer.setReceivers(plan);
  const recorder = new Recorder(history, deliverer, plan);
  const { document, code } = await openView(flags.format, flags.json);
  const tasks = flags.format === "har" ? plan.tasks.map(keepingRequest) : plan.tasks;
  const view = new OnceView(run, tasks, document);
  const onRun = (watched: WatchedRun): void => {
    tally.add(watched.run.result);
    view.add(watched, recorder.record(watched));
  };
  await Scheduler.runOnce(tasks, { concurrency: flags.concurrency, signal: io.signal, onRun });
  await view.end();
  if (plan.receivers.length > 0) await deliverer.drain(DELIVERY_TIME, io.signal);
  const unsent = deliverer.unsent().map((it) => describeUnsent(it, flags.history !== undefined));
  // The code is that of the checks, whether this can be said or not.
  const stderr = lossyOutput(io.stderr, () => {});
  for (const line of [...failures, ...unsent]) {
    await stderr.write(`sonde: ${escapeMessage(plan.redact(line))}\n`);
  }
  return io.signal.aborted ? tally.code(true) : code?.() ?? tally.code();
}

/** A HAR holds requests as well. */
function keepingRequest(task: Task): Task {
  return { ...task, options: { ...task.options, keepRequest: true } };
}

/** Text has no document: its lines are for people. */
async function openView(
  format: string | undefined,
  json: boolean,
): Promise<{ document?: ResultDocument; code?: () => number }> {
  if (isDocumentFormat(format)) return await openDocument(format, { tagged: true });
  if (!json && format !== "json") return {};
  const { formatJson } = await import("../../../report/json.ts");
  return { document: { begin: () => "", add: (result) => `${formatJson(result)}\n`, end: () => "" } };
}
