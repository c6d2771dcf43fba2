/**
 * Renders the times and the runs of a check, which the reader can hide.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import { escapeHtml } from "../../../text/escape/html.ts";
import { renderStatistics } from "../../../report/html/statistics.ts";
import { statisticsRows } from "../../../report/statistics_table.ts";
import { REPORT_PHASES } from "../report_phases.ts";
import type { CheckReport, PhaseTimes, UptimeReport } from "../uptime_report.ts";
import { renderPlot } from "./plot.ts";
import { renderMinute, renderSecond } from "../../../report/html/times.ts";

/** Most changes of behaviour and certificates that the page lists. */
const MOST_CHANGES = 20;

/**
 * Renders the plot of the times, the table of the phases, the runs and the changes.
 *
 * @param options `open`: the reader sees them from the beginning
 */
export function renderDetails(
  check: CheckReport,
  report: UptimeReport,
  { open }: { readonly open: boolean },
): string {
  const { total } = check.times;
  const title = total === undefined
    ? "Runs"
    : `Times: median ${formatDuration(total.median)}, ${describeHigh(total)}`;
  return `<details${open ? " open" : ""}><summary>${title}</summary>${renderPlot(check, report)}${
    renderStatistics(statisticsRows(check.times, REPORT_PHASES), { ticked: true })
  }<p class="soft">${describeRuns(check)}</p>${renderChanges(check)}</details>`;
}

/** Gives the 99th percentile, or the largest of too few values for one. */
function describeHigh({ p99, max }: PhaseTimes): string {
  return p99 === undefined ? `max ${formatDuration(max)}` : `p99 ${formatDuration(p99)}`;
}

function describeRuns({ runs, verdicts, maintenanceRuns, skipped, lastRun }: CheckReport): string {
  const counts = Object.entries(verdicts).filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${formatCount(count)} ${verdict}`);
  const parts = [
    `${formatQuantity(runs, "run")}${counts.length === 0 ? "" : ` (${counts.join(", ")})`}`,
    ...(maintenanceRuns === 0 ? [] : [`${formatCount(maintenanceRuns)} in maintenance`]),
    ...(skipped === 0 ? [] : [`${formatCount(skipped)} skipped`]),
    ...(lastRun === null ? [] : [`last run ${renderSecond(lastRun)}`]),
  ];
  return parts.join(" · ");
}

function renderChanges({ changes }: CheckReport): string {
  if (changes.length === 0) return "";
  const items = changes.slice(-MOST_CHANGES).toReversed().map(({ at, kind, cause }) =>
    `<li>${renderMinute(at)} ${kind}: <bdi>${escapeHtml(cause)}</bdi></li>`
  );
  const more = changes.length - MOST_CHANGES;
  const rest = more <= 0 ? "" : `<li>${formatQuantity(more, "earlier change")}</li>`;
  return `<h4>Changes</h4><ul class="changes">${items.join("")}${rest}</ul>`;
}
