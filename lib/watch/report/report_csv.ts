/**
 * Formats an uptime report as CSV.
 *
 * @module
 */

import { type CsvCell, csvMilliseconds, escapeCsv } from "../../text/escape/csv.ts";
import { REPORT_PHASES } from "./report_phases.ts";
import type { CheckReport, UptimeReport } from "./uptime_report.ts";

const SPREAD = ["median", "p90", "p99", "max"] as const;

const COLUMNS: readonly (readonly [name: string, cell: (check: CheckReport) => CsvCell])[] = [
  ["check", ({ name }) => name],
  ["url", ({ url }) => url],
  ["tags", ({ tags }) => tags.join(" ")],
  ["condition", ({ condition }) => condition],
  ["uptime_percent", ({ uptime }) => uptime === null ? undefined : Number((uptime * 100).toFixed(6))],
  ["observed_s", ({ observed }) => observed / 1000],
  ["down_s", ({ down }) => down / 1000],
  ["outages", ({ outages }) => outages.length],
  ["last_outage_start", ({ outages }) => outages.at(-1)?.start],
  ["last_outage_end", ({ outages }) => outages.at(-1)?.end ?? undefined],
  ["last_outage_cause", ({ outages }) => outages.at(-1)?.cause],
  ["runs", ({ runs }) => runs],
  ["runs_up", ({ verdicts }) => verdicts.up],
  ["runs_degraded", ({ verdicts }) => verdicts.degraded],
  ["runs_down", ({ verdicts }) => verdicts.down],
  ["runs_unknown", ({ verdicts }) => verdicts.unknown],
  ["skipped", ({ skipped }) => skipped],
  ["certificate_days_left", ({ certificateDays }) => certificateDays ?? undefined],
  ...REPORT_PHASES.flatMap((phase) =>
    SPREAD.map((figure) =>
      [`${phase}_${figure}_ms`, ({ times }: CheckReport) => csvMilliseconds(times[phase]?.[figure])] as const
    )
  ),
];

/**
 * Formats an uptime report as CSV: a header and one line for each check, with the window, so that files can be joined.
 *
 * @returns Lines, each with LF at its end
 */
export function formatReportCsv({ from, to, checks }: UptimeReport): string {
  const head = ["from", "to", ...COLUMNS.map(([name]) => name)].join(",");
  const rows = checks.map((check) =>
    [from, to, ...COLUMNS.map(([, cell]) => cell(check))].map(escapeCsv).join(",")
  );
  return [head, ...rows].map((line) => `${line}\n`).join("");
}
