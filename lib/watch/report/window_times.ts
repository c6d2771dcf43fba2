/**
 * Sums the time of the window of a report: by verdict, and in outages and single failures.
 *
 * @module
 */

import type { TimeWindow } from "./change_row.ts";
import { type Down, joinOutages } from "./outages.ts";
import type { StandingRuns } from "./part_of_window.ts";
import type { VerdictTimes } from "./report_parts.ts";
import { DEGRADED, DOWN, UP } from "./run_columns.ts";
import type { CheckReport } from "./uptime_report.ts";
import { observedTime, type VerdictStretches } from "./verdict_stretches.ts";

const DAY = 86_400_000;

/** The last parts of a window that have an uptime of their own, with their milliseconds. */
const PERIODS = [["24h", DAY], ["7d", 7 * DAY], ["30d", 30 * DAY]] as const;

/** The times of a check in a report. */
export type WindowTimes = Pick<
  CheckReport,
  | "observed"
  | "up"
  | "degraded"
  | "down"
  | "uptime"
  | "recent"
  | "downInOutages"
  | "downInFailures"
  | "failures"
  | "unobserved"
  | "unknown"
  | "maintenance"
>;

/**
 * Sums the time of the window by verdict.
 *
 * @param options `due`: milliseconds in which the check should have run; `now`: time of the report, since 1970
 */
export function sumTimes(
  standing: StandingRuns,
  { window, outages, due, now }: {
    readonly window: TimeWindow;
    readonly now: number;
    readonly outages: readonly Down[];
    readonly due: number;
  },
): WindowTimes {
  const { stretches } = standing;
  const ms = stretches.within(window.from, window.to);
  const { up, degraded, down, unknown, maintenance } = ms;
  const observed = observedTime(ms);
  const joined = joinOutages(outages);
  const end = Math.min(window.to, now);
  const downInOutages = joined.reduce((sum, outage) => sum + timesOf(outage, stretches, window).down, 0);
  return {
    observed,
    up,
    degraded,
    down,
    uptime: shareUp(ms),
    // A younger history has no other uptime than that of the window.
    recent: PERIODS.filter(([, length]) => observedTime(stretches.within(window.from, end - length)) > 0)
      .map(([period, length]) => ({ period, uptime: shareUp(stretches.within(end - length, end)) })),
    downInOutages,
    downInFailures: down - downInOutages,
    failures: countFailures(standing, window, joined),
    unobserved: Math.max(0, due - observed - maintenance),
    unknown,
    maintenance,
  };
}

/** Computes the share of the observed time that was not down; `null` if nothing was observed. */
function shareUp(ms: VerdictTimes): number | null {
  const observed = observedTime(ms);
  return observed === 0 ? null : 1 - ms.down / observed;
}

/** Sums the times of the part of an outage within the window. */
export function timesOf(
  { start, end }: Pick<Down, "start" | "end">,
  stretches: VerdictStretches,
  window: TimeWindow,
): VerdictTimes {
  return stretches.within(Math.max(start, window.from), Math.min(end ?? window.to, window.to));
}

/** Counts the stretches of failed runs outside of outages. Only a good run or an outage ends such a stretch. */
function countFailures(
  { runs: { at, verdicts, begin, end }, ends }: StandingRuns,
  window: TimeWindow,
  outages: ReturnType<typeof joinOutages>,
): number {
  let outage = 0;
  let failing = false;
  let count = 0;
  for (let run = begin > 0 && ends[begin - 1]! > window.from ? begin - 1 : begin; run < end; run++) {
    const verdict = verdicts[run];
    if (verdict === UP || verdict === DEGRADED) failing = false;
    if (verdict !== DOWN) continue;
    while (outage < outages.length && outages[outage]!.end <= at[run]!) outage++;
    const inOutage = outage < outages.length && outages[outage]!.start <= at[run]!;
    if (!inOutage && !failing) count++;
    failing = !inOutage;
  }
  return count;
}
