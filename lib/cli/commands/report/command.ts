/**
 * `sonde report DB`: uptime and latency from a history.
 *
 * @module
 */

import { formatDocument } from "../../../report/formatter.ts";
import { chosenFormat, type FormatName, loadFormatter } from "../../output/formats.ts";
import { HistoryError } from "../../../watch/history/history_error.ts";
import type { ReportOptions } from "../../../watch/report/read_report.ts";
import type { UptimeReport } from "../../../watch/report/uptime_report.ts";
import { describePromise } from "../../output/named_format.ts";
import { writeNote } from "../../output/note.ts";
import { databaseFiles } from "../../output/database_files.ts";
import { refuseOwnInput } from "../../output/refuse_own_input.ts";
import { noteReplaced } from "../../output/replaced_note.ts";
import { ExitCode } from "../../exit_code.ts";
import type { ReportFlags } from "./flags.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import { requireFolderAccess } from "../../folder_access.ts";
import { chooseWanted, describeNotFound, describeUnknown, wantedNames } from "../../only.ts";
import type { CommandIo } from "../../io.ts";
import { LocalFault } from "../../local_fault.ts";
import { missingOperand, UsageError } from "../../usage_error.ts";

/**
 * Prints the uptime report of a history, or removes checks from it.
 *
 * @returns The exit code 0, whatever the report says.
 * @throws {UsageError} If the window is empty, or no check has one of the wanted names.
 * @throws {LocalFault} If the history cannot be read, or the output cannot be written.
 */
export async function runReport(args: ParsedFlags<ReportFlags>, io: CommandIo): Promise<number> {
  const { flags, operands } = args;
  const [path, ...more] = operands;
  if (path === undefined) {
    throw missingOperand("Cannot report: no history was given", args, "report uptime.db");
  }
  if (more.length > 0) {
    throw new UsageError(`Cannot report on several histories: "${more[0]}" is one file too many`);
  }
  if (flags.forget.length > 0) {
    const { forgetChecks } = await import("./forget.ts");
    return await forgetChecks(path, flags.forget, io);
  }
  const now = Date.now();
  const [from, to] = [flags.from(now), flags.to(now)];
  if (from >= to) throw new UsageError("Cannot report: --to is not after --from");
  requireFolderAccess(["read"], [path, `${path}-wal`, `${path}-shm`]);
  await refuseOwnInput(flags.output, databaseFiles(path));
  const format = chosenFormat(flags);
  const found = await read(path, {
    now,
    from,
    to,
    only: flags.only.length > 0 ? wantedNames(flags.only) : undefined,
    // Text and CSV have no plots, so they need no figures for parts of the window.
    parts: format === "text" || format === "csv" ? 0 : undefined,
  });
  const report = { ...found, checks: chooseWanted(flags.only, found.checks) };
  if (flags.only.length > 0 && report.checks.length === 0) {
    const { checks } = await read(path, { now, from, to, parts: 0 });
    throw new UsageError(`Cannot report: ${describeNotFound(flags.only, checks)}`);
  }
  for (const note of describeUnknown(flags.only, report.checks)) await writeNote(note, io);
  const text = await formatReport(report, format, { flags, io });
  if (flags.output === undefined) await io.stdout.write(text);
  else {
    const promise = describePromise(flags.output, flags, "uptime");
    if (promise !== undefined) await writeNote(promise, io);
    const { ReplacedFile } = await import("../../output/replaced_file.ts");
    await using file = new ReplacedFile(flags.output, noteReplaced(flags.output, io));
    await file.write(text);
  }
  return ExitCode.ok;
}

async function read(path: string, options: ReportOptions): Promise<UptimeReport> {
  const { readReport } = await import("../../../watch/report/read_report.ts");
  try {
    return await readReport(path, options);
  } catch (error) {
    throw error instanceof HistoryError ? new LocalFault(withAdvice(error.message), { cause: error }) : error;
  }
}

/** Adds the command that makes a history, if the file is not a history. */
function withAdvice(message: string): string {
  const isNone = /there is no such file$|it is empty$|it is a folder$|it is not a history/.test(message);
  return isNone ? `${message}; write the file that sonde watch --history FILE made` : message;
}

async function formatReport(
  report: UptimeReport,
  format: FormatName<"uptime">,
  { flags, io }: { flags: ReportFlags; io: CommandIo },
): Promise<string> {
  const formatter = await loadFormatter("uptime", format);
  if (formatter !== undefined) return formatDocument(formatter, [report]);
  const paint = await io.paintFor(flags.output === undefined ? io.stdout : { terminal: false });
  const { formatReportText } = await import("../../../watch/report/report_text.ts");
  return `${formatReportText(report, { paint, width: io.width })}\n`;
}
