/**
 * Formats the report on one check as text.
 *
 * @module
 */

import { formatSecond } from "../../text/instant.ts";
import { formatCount, formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { layOut, type Span, type View } from "../../text/layout.ts";
import { layOutStatistics, statisticsRows } from "../../report/statistics_table.ts";
import type { Style } from "../../text/paint.ts";
import {
  formatCertificate,
  formatOutageCount,
  formatOutageEnd,
  formatRecent,
  formatState,
  formatUnobserved,
  formatUptime,
  wholeOutage,
} from "./report_figures.ts";
import { REPORT_PHASES } from "./report_phases.ts";
import { readableCause } from "../readable_cause.ts";
import type { CheckReport, Outage, ReportState } from "./uptime_report.ts";

/** The style of each state. */
export const STATE_STYLES: Readonly<Record<ReportState, Style>> = {
  "new": "dim",
  "up": "good",
  "degraded": "warning",
  "failing": "bad",
  "down": "bad",
  "flapping": "warning",
  "unknown": "warning",
  "maintenance": "dim",
  "no-data": "warning",
  "removed": "dim",
};

/** Most outages of a check in the text: a check may have thousands of them. */
const MOST_OUTAGES = 50;

const INDENT = { first: 2, rest: 4 };

/** Lays out state, uptime, counts, durations and outages of a check. */
export function layOutCheck(check: CheckReport, view: View): string[] {
  const { name, url, state, uptime } = check;
  const recent = formatRecent(check);
  const figures: Span[] = [
    ["heading", uptime === null ? "nothing observed" : `${formatUptime(uptime)} up`],
    `${recent === "" ? "" : ` (${recent})`}, ${formatOutageCount(check)}, ${formatFailures(check)}`,
  ];
  return [
    ...layOut([
      ["heading", name],
      "  ",
      [STATE_STYLES[state], formatState(check)],
      ...(name === url ? [] : [`  ${url}`]),
    ], view),
    ...layOutCause(check, view),
    ...layOut(figures, view, INDENT),
    ...layOut([formatTimes(check)], view, INDENT),
    ...layOut([formatCounts(check)], view, INDENT),
    ...layOutCertificate(check, view),
    ...layOutPhases(check, view),
    ...layOutOutages(check, view),
  ];
}

/** Lays out why a check has its state, unless its last outage says the same below. */
function layOutCause({ cause, url, outages }: CheckReport, view: View): string[] {
  return cause === null || outages.at(-1)?.cause === cause
    ? []
    : layOut([readableCause(cause, url)], view, INDENT);
}

/** Formats the number of stretches of failed runs that were no outages. */
function formatFailures({ failures }: CheckReport): string {
  return failures === 0 ? "no single failure" : formatQuantity(failures, "single failure");
}

/** Formats how the time of the window adds up. */
function formatTimes(check: CheckReport): string {
  const { observed, degraded, down, downInOutages, downInFailures, maintenance } = check;
  const shares = ([["outages", downInOutages], ["single failures", downInFailures]] as const)
    .filter(([, ms]) => ms > 0).map(([word, ms]) => `${formatDuration(ms)} in ${word}`);
  const parts = [
    ...(down > 0
      ? [`${formatDuration(down)} down${shares.length > 1 ? ` (${shares.join(", ")})` : ""}`]
      : []),
    ...(degraded > 0 ? [`${formatDuration(degraded)} degraded`] : []),
  ];
  return [
    `observed ${formatDuration(observed)}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`,
    ...formatUnobserved(check),
    ...(maintenance > 0 ? [`in maintenance ${formatDuration(maintenance)}`] : []),
  ].join("; ");
}

function formatCounts({ runs, verdicts, maintenanceRuns, skipped }: CheckReport): string {
  const counts = Object.entries({ ...verdicts, "in maintenance": maintenanceRuns })
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${formatCount(count)} ${verdict}`);
  const total = runs === 0 ? "no run" : `${formatQuantity(runs, "run")} (${counts.join(", ")})`;
  return `${total}, ${formatCount(skipped)} skipped`;
}

function layOutCertificate({ certificate }: CheckReport, view: View): string[] {
  if (certificate === null) return [];
  const style = certificate.soon ? "warning" : "good";
  return layOut([[style, formatCertificate(certificate)]], view, INDENT);
}

function layOutPhases({ times }: CheckReport, view: View): string[] {
  return layOutStatistics(statisticsRows(times, REPORT_PHASES), view);
}

/** Lays out the last outages of a check, in the order of time. */
function layOutOutages(check: CheckReport, view: View): string[] {
  const { outages } = check;
  const earlier = outages.slice(0, -MOST_OUTAGES);
  const more = earlier.length === 0 ? [] : layOut(
    [["dim", `${formatQuantity(earlier.length, "earlier outage")}, listed by --format json`]],
    view,
    INDENT,
  );
  return [...more, ...outages.slice(-MOST_OUTAGES).flatMap((outage) => layOutOutage(outage, check, view))];
}

function layOutOutage(outage: Outage, check: CheckReport, view: View): string[] {
  const { start, ms, cause } = outage;
  const whole = wholeOutage(outage, check);
  const length = `${formatDuration(ms)}${
    whole === undefined ? "" : ` observed, of ${formatDuration(whole)}`
  }`;
  const when = `${formatSecond(start)} – ${formatOutageEnd(outage)}`;
  return layOut([["bad", "down"], `  ${when} (${length})  ${readableCause(cause, check.url)}`], view, {
    first: 2,
    rest: 8,
  });
}
