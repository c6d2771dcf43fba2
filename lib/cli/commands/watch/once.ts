/**
 * A watch that runs every check once.
 *
 * @module
 */

import { escapeMessage } from "../../../text/escape/text.ts";
import type { ResultDocument } from "../../../report/result_document.ts";
import { describeDeliveryFailure, describeUnsent } from "../../../watch/delivery/delivery_text.ts";
import type { TaskPlan } from "../../../watch/tasks/task.ts";
import { Watcher } from "../../../watch/watcher.ts";
import { ExitTally } from "../../exit_code.ts";
import { isDocumentFormat, openDocument } from "../../output/document_formats.ts";
import { lossyOutput } from "../../output/lossy_output.ts";
import { OnceView } from "./once_view.ts";
import type { WatchRun } from "./run.ts";

/** Runs every check once: for cron and CI. */
export async function watchOnce(run: WatchRun): Promise<number> {
  const { flags, io, history } = run;
  const plan = flags.format === "har" ? keepingRequests(run.plan) : run.plan;
  const tally = new ExitTally();
  const failures = new Set<string>();
  const { document, code } = await openView(flags.format, flags.json);
  const view = new OnceView(run, plan, document);
  const watcher = new Watcher(plan, {
    history,
    keep: flags.keep,
    concurrency: flags.concurrency,
    signal: io.signal,
    onRun(checked) {
      tally.add(checked.result);
      view.add(checked);
    },
    // Several failed tries of one delivery give one message.
    onDeliveryFailure: (failure) => failures.add(describeDeliveryFailure(failure)),
  });
  const outcome = await watcher.runOnce({ onChecked: () => view.end() });
  const unsent = outcome.unsent.map((it) => describeUnsent(it, flags.history !== undefined));
  // The exit code depends on the checks alone, even if these messages cannot be written.
  const stderr = lossyOutput(io.stderr, () => {});
  for (const line of [...failures, ...unsent]) {
    await stderr.write(`sonde: ${escapeMessage(plan.redact(line))}\n`);
  }
  return io.signal.aborted ? tally.code(true) : code?.() ?? tally.code();
}

/** Makes a task keep its requests, which a HAR shows. */
function keepingRequests(plan: TaskPlan): TaskPlan {
  const tasks = plan.tasks.map((task) => ({ ...task, options: { ...task.options, keepRequest: true } }));
  return { ...plan, tasks };
}

/** Opens the document of a format; text has none. */
async function openView(
  format: string | undefined,
  json: boolean,
): Promise<{ document?: ResultDocument; code?: () => number }> {
  if (isDocumentFormat(format)) return await openDocument(format, { tagged: true });
  if (!json && format !== "json") return {};
  const { formatJson } = await import("../../../report/json.ts");
  return { document: { begin: () => "", add: (result) => `${formatJson(result)}\n`, end: () => "" } };
}
