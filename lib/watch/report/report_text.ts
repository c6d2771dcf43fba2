/**
 * Formats an uptime report as text.
 *
 * @module
 */

import { checkOptions } from "../../text/check_options.ts";
import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { layOut, type Span, type View } from "../../text/layout.ts";
import { plain, type Style } from "../../text/paint.ts";
import type { Condition } from "../state/check_state.ts";
import { WATCH_TEXT_OPTION_NAMES, type WatchTextOptions } from "../watch_text.ts";
import {
  formatMinute,
  formatOutageCount,
  formatSecond,
  formatUptime,
  isCertificateSoon,
} from "./report_figures.ts";
import { REPORT_PHASES } from "./report_phases.ts";
import type { CheckReport, Outage, UptimeReport } from "./uptime_report.ts";

const CONDITIONS: Readonly<Record<Condition, Style>> = {
  new: "dim",
  up: "good",
  degraded: "warning",
  down: "bad",
};

/**
 * Formats an uptime report for people: uptime, outages, times of each phase and certificate of every check.
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
  const title = `${formatMinute(report.from)} to ${formatMinute(report.to)} UTC`;
  const lines = [...layOut([["heading", title]], view)];
  if (report.checks.length === 0) lines.push("", "no checks in this history");
  for (const check of report.checks) lines.push("", ...layOutCheck(check, view));
  return lines.join("\n");
}

function layOutCheck(check: CheckReport, view: View): string[] {
  const { name, url, condition, uptime, runs, verdicts, skipped, certificateDays, outages } = check;
  const indent = { first: 2, rest: 4 };
  const counts = Object.entries(verdicts).filter(([, count]) => count > 0).map(([verdict, count]) =>
    `${count} ${verdict}`
  );
  const certificate: Span[] = certificateDays === null ? [] : [
    ", certificate ",
    [isCertificateSoon(certificateDays) ? "warning" : "good", `${certificateDays} days`],
  ];
  return [
    ...layOut([
      ["heading", name],
      "  ",
      [CONDITIONS[condition], condition],
      ...(name === url ? [] : [`  ${url}`]),
    ], view),
    ...layOut(
      [
        ["heading", formatUptime(uptime)],
        ` up, ${formatOutageCount(check)}, ${formatQuantity(runs, "run")} (${
          counts.join(", ") || "none"
        }), ${skipped} skipped`,
        ...certificate,
      ],
      view,
      indent,
    ),
    ...layOutTimes(check, view),
    ...outages.flatMap((outage) => layOutOutage(outage, view)),
  ];
}

function layOutTimes({ times }: CheckReport, view: View): string[] {
  const rows = REPORT_PHASES.flatMap((phase) => {
    const spread = times[phase];
    if (spread === undefined) return [];
    const figures = [spread.median, spread.p90, spread.p99, spread.max];
    return [`  ${phase.padEnd(9)}${figures.map((ms) => formatDuration(ms).padStart(11)).join("")}`];
  });
  if (rows.length === 0) return [];
  const titles = ["median", "p90", "p99", "max"].map((title) => title.padStart(11)).join("");
  return [
    ...layOut([["dim", `  ${"".padEnd(9)}${titles}`]], view),
    ...rows.flatMap((row) => layOut([row], view)),
  ];
}

function layOutOutage({ start, end, ms, cause }: Outage, view: View): string[] {
  const when = `${formatSecond(start)} – ${end === null ? "now" : formatSecond(end)}`;
  return layOut([["bad", "down"], `  ${when} (${formatDuration(ms)})  ${cause}`], view, {
    first: 2,
    rest: 8,
  });
}
