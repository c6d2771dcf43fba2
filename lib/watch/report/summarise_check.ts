/**
 * Summarises the runs and changes of one check in a window of time.
 *
 * @module
 */

import { describeDistribution } from "../../report/distribution.ts";
import { percentileIndex } from "../../report/percentile.ts";
import type { Verdict } from "../run_task.ts";
import type { Condition } from "../state/check_state.ts";
import type { ChangeRow, TimeWindow } from "./change_row.ts";
import { observedTime, overlap } from "./observed_time.ts";
import { findOutages } from "./outages.ts";
import type { RunColumns } from "./run_columns.ts";
import { sortRange } from "./sort_range.ts";
import { type CheckReport, REPORT_PHASES, type ReportBucket, type ReportPhase } from "./uptime_report.ts";

/** All data that a history has about one check. */
export interface CheckRows {
  readonly name: string;
  readonly url: string;
  readonly tags: readonly string[];
  readonly interval: number;
  readonly condition: Condition;
  /** Runs in the window. */
  readonly runs: RunColumns;
  /** Changes from the beginning of the history to the end of the window, in their order. */
  readonly changes: readonly ChangeRow[];
}

/**
 * Summarises one check. Sorts the durations of the runs in place.
 *
 * @param parts Number of buckets
 */
export function summariseCheck(rows: CheckRows, window: TimeWindow, parts: number): CheckReport {
  const { name, url, tags, interval, condition, runs, changes } = rows;
  const stretches = observedTime(runs, interval, window);
  const observed = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
  const outages = findOutages(changes, window);
  const down = outages.reduce(
    (sum, { start, end }) => sum + overlap(stretches, { start, end: end ?? Infinity }),
    0,
  );
  // The buckets come first, as each sorts its own range of the same memory.
  const buckets = makeBuckets(runs, window, parts);
  const times = REPORT_PHASES.flatMap((phase) => {
    const times = runs.times[phase];
    const sorted = times.subarray(0, sortRange(times, 0, times.length));
    return sorted.length === 0 ? [] : [[phase, describeDistribution(sorted)] as const];
  });
  return {
    name,
    url,
    tags,
    condition,
    runs: runs.at.length,
    verdicts: countVerdicts(runs.verdicts),
    skipped: runs.skipped,
    observed,
    down,
    uptime: observed === 0 ? null : 1 - down / observed,
    outages: outages.map(({ start, end, cause }) => ({
      start: iso(start),
      end: end === undefined ? null : iso(end),
      ms: Math.min(end ?? window.to, window.to) - Math.max(start, window.from),
      cause,
    })),
    times: Object.fromEntries(times),
    certificateDays: runs.certificateDays,
    changes: changes.filter(({ at, from, to }) => at >= window.from && from === to)
      .map(({ at, kind, cause }) => ({ at: iso(at), kind, cause })),
    buckets,
  };
}

function makeBuckets(runs: RunColumns, window: TimeWindow, parts: number): ReportBucket[] {
  const length = (window.to - window.from) / parts;
  const { at } = runs;
  let begin = 0;
  return Array.from({ length: parts }, (_, index): ReportBucket => {
    const last = index === parts - 1;
    let end = begin;
    while (end < at.length && (last || at[end]! < window.from + (index + 1) * length)) end++;
    const bucket = describeBucket(runs, begin, end);
    begin = end;
    return { start: iso(window.from + index * length), ...bucket };
  });
}

function describeBucket(runs: RunColumns, begin: number, end: number): Omit<ReportBucket, "start"> {
  const medians: Partial<Record<ReportPhase, number>> = {};
  let p90: number | undefined;
  for (const phase of REPORT_PHASES) {
    const times = runs.times[phase];
    const count = sortRange(times, begin, end);
    if (count === 0) continue;
    medians[phase] = times[begin + percentileIndex(count, 50)]!;
    if (phase === "total") p90 = times[begin + percentileIndex(count, 90)]!;
  }
  const bucket = { verdicts: countVerdicts(runs.verdicts.slice(begin, end)), medians };
  return p90 === undefined ? bucket : { ...bucket, p90 };
}

function countVerdicts(verdicts: readonly Verdict[]): Record<Verdict, number> {
  const counts = { up: 0, degraded: 0, down: 0, unknown: 0 };
  for (const verdict of verdicts) counts[verdict]++;
  return counts;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
