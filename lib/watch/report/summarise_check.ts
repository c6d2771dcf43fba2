/**
 * Summarises the runs and changes of one check in a window of time.
 *
 * @module
 */

import { describeDistribution } from "../../report/distribution.ts";
import type { CheckState } from "../state/check_state.ts";
import type { ChangeRow, TimeWindow } from "./change_row.ts";
import { currentState } from "./current_state.ts";
import { type Down, findOutages, joinOutages } from "./outages.ts";
import { countVerdicts, makeBuckets, makeDays, type StandingRuns } from "./part_of_window.ts";
import { DEGRADED, DOWN, MAINTENANCE, type RunColumns, UP } from "./run_columns.ts";
import type { RunLookup } from "./run_lookup.ts";
import { sortRange } from "./sort_range.ts";
import { longestReach, type RunTimes, standingEnds } from "./standing_time.ts";
import { REPORT_PHASES } from "./report_phases.ts";
import type { CheckReport, Outage, ReportCertificate } from "./uptime_report.ts";
import type { VerdictTimes } from "./report_parts.ts";
import { observedTime, VerdictStretches } from "./verdict_stretches.ts";

/** All data that a history has about one check. */
export interface CheckRows {
  readonly name: string;
  readonly url: string;
  readonly tags: readonly string[];
  readonly interval: number;
  readonly checkState: CheckState;
  readonly removed: number | null;
  readonly source: string | null;
  /** Runs in the window. */
  readonly runs: RunColumns;
  readonly lookup: RunLookup;
  /** All changes of the history, in their order. */
  readonly changes: readonly ChangeRow[];
  readonly skipped: number;
  readonly certificateDays: number | null;
  readonly certificate: ReportCertificate | null;
}

/** The frame of a report. */
export interface ReportFrame {
  readonly window: TimeWindow;
  /** Number of buckets. */
  readonly parts: number;
  /** Time at which the report is made, milliseconds since 1970. */
  readonly now: number;
  /** First run of the whole history, milliseconds since 1970. */
  readonly firstRun: number;
}

/** Summarises one check. Sorts the durations of the runs in place. */
export function summariseCheck(rows: CheckRows, frame: ReportFrame): CheckReport {
  const { name, url, tags, interval, checkState, runs, lookup, changes, removed, certificate } = rows;
  const { window, parts, now } = frame;
  const runTimes: RunTimes = { at: runs.at, interval, took: (run) => lookup.took(runs.at[run]!) };
  const ends = standingEnds(runTimes);
  limitLast(ends, runs, now);
  const stretches = new VerdictStretches(runs, ends);
  const standing: StandingRuns = { runs, ends, stretches, causeAt: (at) => lookup.causeAt(at) };
  const all = findOutages(changes, lookup, now);
  const reach = longestReach(runTimes);
  const outages = all.filter(({ start, end, lastSeen }) =>
    start < window.to && (end ?? lastSeen + reach) > window.from
  );
  const ms = stretches.within(window.from, window.to);
  const observed = observedTime(ms);
  const joined = joinOutages(outages);
  const downInOutages = joined.reduce((sum, outage) => sum + timesOf(outage, stretches, window).down, 0);
  const days = { from: Math.max(window.from, frame.firstRun), to: Math.min(window.to, now) };
  const { state, since, cause, lastRun, noDataSince } = currentState(
    { checkState, removed, source: rows.source, changes, outages: all, lookup, distance: reach },
    now,
  );
  const first = Math.max(window.from, lookup.first()?.at ?? Infinity);
  // Unless the next run is overdue, nobody should have looked after the time of the last one.
  const due = noDataSince === null ? ends.at(-1) ?? now : now;
  const last = Math.min(window.to, due, removed ?? Infinity);
  return {
    name,
    url,
    tags,
    condition: checkState.condition,
    state,
    since: since === null ? null : iso(since),
    cause,
    lastRun: lastRun === null ? null : iso(lastRun),
    noDataSince: noDataSince === null ? null : iso(noDataSince),
    removed: removed === null ? null : iso(removed),
    runs: runs.end - runs.begin,
    verdicts: countVerdicts(runs.verdicts, runs.begin, runs.end),
    maintenanceRuns: countMaintenance(runs),
    skipped: rows.skipped,
    observed,
    up: ms.up,
    degraded: ms.degraded,
    down: ms.down,
    uptime: observed === 0 ? null : 1 - ms.down / observed,
    downInOutages,
    downInFailures: ms.down - downInOutages,
    failures: countFailures(standing, window, joined),
    unobserved: Math.max(0, last - first - observed - ms.maintenance),
    unknown: ms.unknown,
    maintenance: ms.maintenance,
    outages: outages.map((outage) => describeOutage(outage, stretches, window)),
    // The buckets come first, as each sorts its own range of the same memory.
    buckets: makeBuckets(standing, window, parts),
    days: makeDays(standing, days, outages),
    times: summariseTimes(runs),
    certificateDays: rows.certificateDays,
    certificate,
    changes: changes.filter(({ at, from, to }) => at >= window.from && at < window.to && from === to)
      .map(({ at, kind, cause }) => ({ at: iso(at), kind, cause })),
  };
}

/** The last run of the history stands for no time that has not come yet. */
function limitLast(ends: Float64Array, { at }: RunColumns, now: number): void {
  const last = ends.length - 1;
  if (last >= 0) ends[last] = Math.max(at[last]!, Math.min(ends[last]!, now));
}

/** Sums the times of the part of an outage within the window. */
function timesOf(
  { start, end }: Pick<Down, "start" | "end">,
  stretches: VerdictStretches,
  window: TimeWindow,
): VerdictTimes {
  return stretches.within(Math.max(start, window.from), Math.min(end ?? window.to, window.to));
}

function describeOutage(outage: Down, stretches: VerdictStretches, window: TimeWindow): Outage {
  const { start, end, lastSeen, cause } = outage;
  const ms = observedTime(timesOf(outage, stretches, window));
  return {
    start: iso(start),
    end: end === undefined ? null : iso(end),
    lastSeen: iso(lastSeen),
    ms,
    cause,
  };
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

function countMaintenance({ verdicts, begin, end }: RunColumns): number {
  let count = 0;
  for (let run = begin; run < end; run++) if (verdicts[run] === MAINTENANCE) count++;
  return count;
}

function summariseTimes({ times }: RunColumns): CheckReport["times"] {
  const spreads = REPORT_PHASES.flatMap((phase) => {
    const column = times[phase];
    const sorted = column.subarray(0, sortRange(column, 0, column.length));
    return sorted.length === 0 ? [] : [[phase, describeDistribution(sorted)] as const];
  });
  return Object.fromEntries(spreads);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
