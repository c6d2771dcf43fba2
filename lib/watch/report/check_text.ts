/**
 * Formats the report on one check as text.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { layOut, type Span, type View } from "../../text/layout.ts";
import type { Style } from "../../text/paint.ts";
import {
  formatOutageCount,
  formatOutageEnd,
  formatSecond,
  formatState,
  formatUptime,
  isCertificateSoon,
} from "./report_figures.ts";
import { REPORT_PHASES } from "./report_phases.ts";
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

const INDENT = { first: 2, rest: 4 };

/** Lays out state, uptime, counts, durations and outages of a check. */
export function layOutCheck(check: CheckReport, view: View): string[] {
  const { name, url, state, cause, uptime, outages } = check;
  const figures: Span[] = [
    ["heading", uptime === null ? "nothing observed" : `${formatUptime(uptime)} up`],
    `, ${formatOutageCount(check)}, ${formatFailures(check)}`,
  ];
  return [
    ...layOut([
      ["heading", name],
      "  ",
      [STATE_STYLES[state], formatState(check)],
      ...(name === url ? [] : [`  ${url}`]),
    ], view),
    ...(cause === null ? [] : layOut([cause], view, INDENT)),
    ...layOut(figures, view, INDENT),
    ...layOut([formatTimes(check)], view, INDENT),
    ...layOut([formatCounts(check), ...formatCertificate(check)], view, INDENT),
    ...layOutPhases(check, view),
    ...outages.flatMap((outage) => layOutOutage(outage, check, view)),
  ];
}

/** Formats the number of stretches of failed runs that were no outages. */
function formatFailures({ failures }: CheckReport): string {
  return failures === 0 ? "no single failure" : formatQuantity(failures, "single failure");
}

/** Formats how the time of the window adds up. */
function formatTimes(check: CheckReport): string {
  const { observed, degraded, down, downInOutages, downInFailures, unobserved, unknown, maintenance } = check;
  const shares = ([["outages", downInOutages], ["single failures", downInFailures]] as const)
    .filter(([, ms]) => ms > 0).map(([word, ms]) => `${formatDuration(ms)} in ${word}`);
  const parts = [
    ...(down > 0 ? [`${formatDuration(down)} down (${shares.join(", ")})`] : []),
    ...(degraded > 0 ? [`${formatDuration(degraded)} degraded`] : []),
  ];
  const told = unknown > 0 ? ` (${formatDuration(unknown)} unknown)` : "";
  return [
    `observed ${formatDuration(observed)}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`,
    ...(unobserved > 0 ? [`not observed ${formatDuration(unobserved)}${told}`] : []),
    ...(maintenance > 0 ? [`in maintenance ${formatDuration(maintenance)}`] : []),
  ].join("; ");
}

function formatCounts({ runs, verdicts, maintenanceRuns, skipped }: CheckReport): string {
  const counts = Object.entries({ ...verdicts, "in maintenance": maintenanceRuns })
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`);
  return `${formatQuantity(runs, "run")} (${counts.join(", ") || "none"}), ${skipped} skipped`;
}

function formatCertificate({ certificate }: CheckReport): Span[] {
  if (certificate === null) return [];
  const { daysLeft } = certificate;
  const text = daysLeft < 0 ? "expired" : formatQuantity(daysLeft, "day");
  return [", certificate ", [isCertificateSoon(daysLeft) ? "warning" : "good", text]];
}

function layOutPhases({ times }: CheckReport, view: View): string[] {
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

function layOutOutage(outage: Outage, check: CheckReport, view: View): string[] {
  const { start, ms, cause } = outage;
  const when = `${formatSecond(start)} – ${formatOutageEnd(outage, check)}`;
  return layOut([["bad", "down"], `  ${when} (${formatDuration(ms)})  ${cause}`], view, {
    first: 2,
    rest: 8,
  });
}
