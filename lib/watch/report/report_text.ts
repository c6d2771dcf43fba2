/**
 * Formats an uptime report as text.
 *
 * @module
 */

import { checkOptions } from "../../text/check_options.ts";
import { layOut } from "../../text/layout.ts";
import { plain } from "../../text/paint.ts";
import { WATCH_TEXT_OPTION_NAMES, type WatchTextOptions } from "../watch_text.ts";
import { layOutCheck } from "./check_text.ts";
import { layOutOverview } from "./overview_text.ts";
import { formatMinute, formatSecond } from "../../text/instant.ts";
import { compareUrgency } from "./report_figures.ts";
import { explainStates } from "./summarise_all.ts";
import type { UptimeReport } from "./uptime_report.ts";

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
    ...explainStates(report).flatMap((text) => layOut([["dim", text]], view)),
  ];
  const checks = report.checks.toSorted(compareUrgency);
  if (checks.length === 0) return [...head, "", "no checks in this history"].join("\n");
  const parts = [layOutOverview(checks, view), ...checks.map((check) => layOutCheck(check, view))];
  return [head, ...parts.map((part) => ["", ...part])].map((part) => part.join("\n")).join("\n");
}
