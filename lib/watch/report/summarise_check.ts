/**
 * Summarises the runs and changes of one check in a window of time.
 *
 * @module
 */

import { describeDistribution } from "../../report/distribution.ts";
import type { CheckState } from "../state/check_state.ts";
import type { ChangeRow, TimeWindow } from "./change_row.ts";
import { type CurrentState, currentState } from "./current_state.ts";
import { type Down, findOutages } from "./outages.ts";
import { countVerdicts, makeBuckets, makeDays, type StandingRuns } from "./part_of_window.ts";
import { MAINTENANCE, type RunColumns } from "./run_columns.ts";
import type { RunLookup } from "./run_lookup.ts";
import { sortRange } from "./sort_range.ts";
import { longestReach, type RunTimes, standingEnds, usualDistance } from "./standing_time.ts";
import { REPORT_PHASES } from "./report_phases.ts";
import type { CheckReport, Outage, ReportCertificate } from "./uptime_report.ts";
import { observedTime, VerdictStretches } from "./verdict_stretches.ts";
import { sumTimes, timesOf } from "./window_times.ts";

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
  const { name, url, tags, interval, checkState, runs, lookup, changes, removed, source } = rows;
  const { window, parts, now } = frame;
  const runTimes: RunTimes = { at: runs.at, interval, took: (run) => lookup.took(runs.at[run]!) };
  const ends = standingEnds(runTimes);
  limitLast(ends, runs, now);
  const stretches = new VerdictStretches(runs, ends);
  const standing: StandingRuns = { runs, ends, stretches, causeAt: (at) => lookup.causeAt(at) };
  const all = findOutages(changes, lookup, now);
  const distance = longestReach(runTimes);
  const outages = all.filter(({ start, end, lastSeen }) =>
    start < window.to && (end ?? lastSeen + distance) > window.from
  );
  const stands = usualDistance(runTimes, Math.max(0, runs.at.length - 1));
  const current = currentState(
    { checkState, removed, source, changes, outages: all, lookup, distance, stands },
    now,
  );
  const first = Math.max(window.from, lookup.first()?.at ?? Infinity);
  // Unless the next run is overdue, no run is missing since the last one.
  const due = current.noDataSince === null ? ends.at(-1) ?? now : now;
  const last = Math.min(window.to, due, removed ?? Infinity);
  const days = { from: Math.max(window.from, frame.firstRun), to: Math.min(window.to, now) };
  return {
    name,
    url,
    tags,
    condition: checkState.condition,
    ...describeState(current, removed),
    ...countRuns(rows),
    ...sumTimes(standing, { window, outages, due: last - first, now }),
    outages: outages.map((outage) => ({
      ...describeOutage(outage, stretches, window),
      ...(outage.end === undefined && isOngoing(current, now) && { ongoing: true }),
    })),
    // The buckets come first, as each sorts its own range of the same memory.
    buckets: makeBuckets(standing, window, parts),
    days: makeDays(standing, days, outages),
    times: summariseTimes(runs),
    certificateDays: rows.certificateDays,
    certificate: rows.certificate,
    changes: changes.filter(({ at, from, to }) => at >= window.from && at < window.to && from === to)
      .map(({ at, kind, cause }) => ({ at: iso(at), kind, cause })),
  };
}

function describeState(
  { state, since, cause, lastRun, seenUntil, noDataSince }: CurrentState,
  removed: number | null,
): Pick<CheckReport, "state" | "since" | "cause" | "lastRun" | "seenUntil" | "noDataSince" | "removed"> {
  const time = (ms: number | null) => ms === null ? null : iso(ms);
  return {
    state,
    since: time(since),
    cause,
    lastRun: time(lastRun),
    seenUntil: time(seenUntil),
    noDataSince: time(noDataSince),
    removed: time(removed),
  };
}

/** Tells if the last run saw the check down, and still stands for it. */
function isOngoing({ state, seenUntil }: CurrentState, now: number): boolean {
  return seenUntil === now && (state === "down" || state === "flapping");
}

function countRuns(
  { runs, skipped }: CheckRows,
): Pick<CheckReport, "runs" | "verdicts" | "maintenanceRuns" | "skipped"> {
  return {
    runs: runs.end - runs.begin,
    verdicts: countVerdicts(runs.verdicts, runs.begin, runs.end),
    maintenanceRuns: countMaintenance(runs),
    skipped,
  };
}

/** The last run of the history stands for no time that has not come yet. */
function limitLast(ends: Float64Array, { at }: RunColumns, now: number): void {
  const last = ends.length - 1;
  if (last >= 0) ends[last] = Math.max(at[last]!, Math.min(ends[last]!, now));
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
