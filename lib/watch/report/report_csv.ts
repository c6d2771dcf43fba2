/**
 * Formats an uptime report as CSV.
 *
 * @module
 */

import { type CsvCell, csvMilliseconds, escapeCsv } from "../../text/escape/csv.ts";
import { REPORT_PHASES } from "./report_phases.ts";
import type { CheckReport, UptimeReport } from "./uptime_report.ts";

const SPREAD = ["median", "p90", "p99", "max"] as const;

type Column = readonly [name: string, cell: (check: CheckReport) => CsvCell | null];

const PERIODS = ["24h", "7d", "30d"] as const;

function percent(share: number | null): number | null {
  return share === null ? null : Number((share * 100).toFixed(6));
}

const STATE: readonly Column[] = [
  ["check", ({ name }) => name],
  ["url", ({ url }) => url],
  ["tags", ({ tags }) => tags.join(" ")],
  ["condition", ({ condition }) => condition],
  ["state", ({ state }) => state],
  ["since", ({ since }) => since],
  ["cause", ({ cause }) => cause],
  ["last_run", ({ lastRun }) => lastRun],
  ["no_data_since", ({ noDataSince }) => noDataSince],
  ["removed", ({ removed }) => removed],
];

const TIMES: readonly Column[] = [
  ["uptime_percent", ({ uptime }) => percent(uptime)],
  ...PERIODS.map((period): Column => [
    `uptime_${period}_percent`,
    ({ recent }) => percent(recent.find((part) => part.period === period)?.uptime ?? null),
  ]),
  ["observed_s", ({ observed }) => observed / 1000],
  ["up_s", ({ up }) => up / 1000],
  ["degraded_s", ({ degraded }) => degraded / 1000],
  ["down_s", ({ down }) => down / 1000],
  ["down_in_outages_s", ({ downInOutages }) => downInOutages / 1000],
  ["down_in_failures_s", ({ downInFailures }) => downInFailures / 1000],
  ["unobserved_s", ({ unobserved }) => unobserved / 1000],
  ["unknown_s", ({ unknown }) => unknown / 1000],
  ["maintenance_s", ({ maintenance }) => maintenance / 1000],
];

const EVENTS: readonly Column[] = [
  ["outages", ({ outages }) => outages.length],
  ["last_outage_start", ({ outages }) => outages.at(-1)?.start],
  ["last_outage_end", ({ outages }) => outages.at(-1)?.end],
  ["last_outage_seen", ({ outages }) => outages.at(-1)?.lastSeen],
  ["last_outage_cause", ({ outages }) => outages.at(-1)?.cause],
  ["failures", ({ failures }) => failures],
  ["runs", ({ runs }) => runs],
  ["runs_up", ({ verdicts }) => verdicts.up],
  ["runs_degraded", ({ verdicts }) => verdicts.degraded],
  ["runs_down", ({ verdicts }) => verdicts.down],
  ["runs_unknown", ({ verdicts }) => verdicts.unknown],
  ["runs_maintenance", ({ maintenanceRuns }) => maintenanceRuns],
  ["skipped", ({ skipped }) => skipped],
  ["certificate_days_left", ({ certificate }) => certificate?.daysLeft],
  ["certificate_ends", ({ certificate }) => certificate?.ends],
  ["certificate_seen", ({ certificate }) => certificate?.seen],
];

const COLUMNS: readonly Column[] = [
  ...STATE,
  ...TIMES,
  ...EVENTS,
  ...REPORT_PHASES.flatMap((phase) =>
    SPREAD.map((
      figure,
    ): Column => [`${phase}_${figure}_ms`, ({ times }) => csvMilliseconds(times[phase]?.[figure])])
  ),
];

/**
 * Formats an uptime report as CSV: a header and one line for each check, with the window and the time of the report, so
 * that files can be joined.
 *
 * @returns Lines, each with LF at its end
 */
export function formatReportCsv({ madeAt, from, to, checks }: UptimeReport): string {
  const head = ["made_at", "from", "to", ...COLUMNS.map(([name]) => name)].join(",");
  const rows = checks.map((check) =>
    [madeAt, from, to, ...COLUMNS.map(([, cell]) => cell(check) ?? undefined)].map(escapeCsv).join(",")
  );
  return [head, ...rows].map((line) => `${line}\n`).join("");
}
