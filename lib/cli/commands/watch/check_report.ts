/**
 * Formats the outcome of `sonde watch --check`.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { formatQuantity } from "../../../text/count.ts";
import { parseDuration } from "../../../text/duration.ts";
import { escapeMessage } from "../../../text/escape/text.ts";
import { formatJsonLine } from "../../../text/json_line.ts";
import type { TaskPlan } from "../../../watch/tasks/task.ts";
import { chosenFormat } from "../../output/formats.ts";
import { WATCH_FLAGS, type WatchFlags } from "./flags.ts";
import { formatNeeds } from "../../start/needs_text.ts";
import { formatCommandLine } from "../../start/shell_words.ts";
import { formatFlag, formatFlags, type NeededPermission } from "../../start/permission.ts";

/** The default of `--keep` in milliseconds. */
const DEFAULT_KEEP = parseDuration(WATCH_FLAGS.History.keep.default);

/** Everything that is printed about a file. */
export interface CheckReport {
  readonly file: string;
  readonly flags: WatchFlags;
  readonly plan: TaskPlan | undefined;
  readonly needed: readonly NeededPermission[];
  readonly notes: readonly string[];
}

/** Formats a report for people: the permissions with their reasons, and the command that has them. */
export function formatCheckText({ file, flags, plan, needed, notes }: CheckReport): string {
  const count = plan === undefined
    ? []
    : [`${file}: ${formatQuantity(plan.tasks.length, "check is", "checks are")} valid`];
  return [
    ...count,
    "It needs:",
    ...formatNeeds(needed, { show: (it) => shownFlag(it, plan) }),
    ...notes.map((note) => `  ${note}`),
    plan === undefined ? "Ask again with:" : "Start it with:",
    `  ${formatCommandLine(commandOf({ file, flags, plan, needed }).map((word) => redacted(word, plan)))}`,
  ].map((line) => `${escapeMessage(line)}\n`).join("");
}

/** Formats a report as one line of JSON. */
export function formatCheckJson({ file, flags, plan, needed, notes }: CheckReport): string {
  const permissions = needed.map(({ access, value, reasons, granted }) => ({
    access,
    value: value === undefined ? undefined : redacted(value, plan),
    for: reasons,
    granted,
  }));
  const command = commandOf({ file, flags, plan, needed }).map((word) => redacted(word, plan));
  return `${formatJsonLine({ schema: 1, file, checks: plan?.tasks.length, permissions, notes, command })}\n`;
}

/** Formats the flag of a permission without secrets. */
export function shownFlag(permission: NeededPermission, plan: TaskPlan | undefined): string {
  return redacted(formatFlag(permission), plan);
}

function redacted(text: string, plan: TaskPlan | undefined): string {
  return plan?.redact(text) ?? text;
}

/** Makes the command that runs the file with exactly these permissions, or asks again if the file could not be read. */
function commandOf({ file, flags, plan, needed }: Omit<CheckReport, "notes">): string[] {
  const { once, only, history, keep, output } = flags;
  const format = chosenFormat(flags);
  return [
    "deno",
    "run",
    ...formatFlags(needed),
    programPath(),
    "watch",
    ...plan === undefined ? ["--check"] : [],
    ...once ? ["--once"] : [],
    ...only.flatMap(({ text }) => ["--only", text]),
    ...history === undefined ? [] : ["--history", history],
    ...history === undefined || keep === DEFAULT_KEEP ? [] : ["--keep", `${keep}ms`],
    // JSON is the format of this report.
    ...format === "text" || format === "json" ? [] : ["--format", format],
    ...output === undefined ? [] : ["--output", output],
    file,
  ];
}

/** The place of this program, the same however it was started. */
function programPath(): string {
  const url = new URL("../../../../cli.ts", import.meta.url);
  return url.protocol === "file:" ? fileURLToPath(url) : url.href;
}
