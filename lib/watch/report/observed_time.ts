/**
 * Computes the time that the runs of a check cover.
 *
 * @module
 */

import type { TimeWindow } from "./change_row.ts";
import type { RunColumns } from "./run_columns.ts";

/** A run covers 2.5 times the usual distance to the next run. */
const REACH = 2.5;

/** A period, milliseconds since 1970. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Computes the periods of the window that the runs cover. Each run covers the time until the next one, but not much more
 * than the usual distance. That distance is measured, because under cron the interval of the task file says nothing.
 *
 * @param runs Runs in the order of time; runs with a local fault cover nothing
 * @param interval Interval of the task file, for histories with too few runs to measure one
 */
export function observedTime(
  { at, verdicts }: Pick<RunColumns, "at" | "verdicts">,
  interval: number,
  window: TimeWindow,
): Stretch[] {
  const reach = Math.max(interval, usualDistance(at)) * REACH;
  const stretches: { start: number; end: number }[] = [];
  for (let run = 0; run < at.length; run++) {
    if (verdicts[run] === "unknown") continue;
    const start = Math.max(at[run]!, window.from);
    const end = Math.min(at[run + 1] ?? Infinity, at[run]! + reach, window.to);
    if (end <= start) continue;
    const previous = stretches.at(-1);
    if (previous !== undefined && previous.end === start) previous.end = end;
    else stretches.push({ start, end });
  }
  return stretches;
}

/** Computes the median distance between runs; 0 if there are fewer than three runs. */
function usualDistance(at: Float64Array): number {
  if (at.length < 3) return 0;
  const distances = at.slice(1).map((time, index) => time - at[index]!).sort();
  return distances[distances.length >> 1]!;
}

/** Computes the milliseconds that some periods share with one period. */
export function overlap(stretches: readonly Stretch[], { start, end }: Stretch): number {
  return stretches.reduce(
    (sum, it) => sum + Math.max(0, Math.min(it.end, end) - Math.max(it.start, start)),
    0,
  );
}
