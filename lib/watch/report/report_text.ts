/**
 * Formats an uptime report as text.
 *
 * @module
 */

import { checkOptions } from "../../text/check_options.ts";
import { columnsOf } from "../../text/columns.ts";
import { formatQuantity } from "../../text/count.ts";
import { escapeMessage } from "../../text/escape/text.ts";
import { layOut, type View } from "../../text/layout.ts";
import { plain } from "../../text/paint.ts";
import { WATCH_TEXT_OPTION_NAMES, type WatchTextOptions } from "../watch_text.ts";
import { layOutCheck, STATE_STYLES } from "./check_text.ts";
import {
  conditionBefore,
  formatMinute,
  formatOutageCount,
  formatSecond,
  formatUptime,
  urgentFirst,
} from "./report_figures.ts";
import type { CheckReport, UptimeReport } from "./uptime_report.ts";

/** Columns of the overview for names at most, so that the figures stay on the line. */
const WIDEST_NAME = 32;

/**
 * Formats an uptime report for people: an overview with a line for each check, those that are not up first, and then
 * uptime, outages, times of each phase and certificate of every check.
 *
 * @returns Lines joined by LF, without one at the end
 */
export function formatReportText(
  report: UptimeReport,
  options: WatchTextOptions = {},
): string {
  checkOptions(options, WATCH_TEXT_OPTION_NAMES);
  const { paint = plain, width = 80 } = options;
  const view = { width, paint, verbose: false };
  const { from, to, madeAt, lastRun } = report;
  const title = `${formatMinute(from)} to ${formatMinute(to)} UTC`;
  const seen = lastRun === null ? "" : `, last run ${formatSecond(lastRun)}`;
  const head = [
    ...layOut([["heading", title]], view),
    ...layOut([["dim", `made at ${formatSecond(madeAt)}${seen}`]], view),
  ];
  const checks = urgentFirst(report.checks);
  if (checks.length === 0) return [...head, "", "no checks in this history"].join("\n");
  const parts = [layOutOverview(checks, view), ...checks.map((check) => layOutCheck(check, view))];
  return [head, ...parts.map((part) => ["", ...part])].map((part) => part.join("\n")).join("\n");
}

function layOutOverview(checks: readonly CheckReport[], view: View): string[] {
  const rows = checks.map((check) => ({
    check,
    state: check.state === "no-data" ? "no data" : check.state,
    name: escapeMessage(check.name),
    uptime: formatUptime(check.uptime),
    counts: formatCounts(check),
  }));
  const widest = (of: (row: typeof rows[number]) => string) =>
    rows.reduce((most, row) => Math.max(most, columnsOf(of(row))), 0);
  const widths = {
    state: widest(({ state }) => state),
    name: Math.min(WIDEST_NAME, widest(({ name }) => name)),
    uptime: widest(({ uptime }) => uptime),
  };
  const rest = widths.state + 2;
  return rows.flatMap(({ check, state, name, uptime, counts }) =>
    layOut(
      [
        [STATE_STYLES[check.state], state],
        `${pad(state, widths.state)}  `,
        ["heading", name],
        `${pad(name, widths.name)}  ${pad(uptime, widths.uptime)}${uptime}  ${counts}${formatNote(check)}`,
      ],
      view,
      { first: 0, rest },
    )
  );
}

function formatCounts(check: CheckReport): string {
  const { failures } = check;
  const single = failures === 0 ? "" : `, ${formatQuantity(failures, "single failure")}`;
  return `${formatOutageCount(check)}${single}`;
}

/** Formats since when a check is not up, and why. */
function formatNote(check: CheckReport): string {
  const { state, since, cause } = check;
  if (state === "up" || state === "new") return "";
  const when = since === null ? "" : `  since ${formatSecond(since)}`;
  const before = conditionBefore(check);
  return `${when}${before === undefined ? "" : `, before that ${before}`}${
    cause === null ? "" : `: ${cause}`
  }`;
}

function pad(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - columnsOf(text)));
}
