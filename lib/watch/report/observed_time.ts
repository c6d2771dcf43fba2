/**
 * The time of which runs say anything.
 *
 * @module
 */

import type { TimeWindow } from "./change_row.ts";
import type { RunColumns } from "./run_columns.ts";

/** A run says something of the time until the next one is due, and of a little more. */
const REACH = 2.5;

/** A stretch of time, milliseconds since 1970. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The times of the window of which something is known: each run speaks for the time until the next one, but not for long
 * after the time at which that was due. How far apart runs are is seen from themselves: under cron the interval of the
 * task file says nothing.
 *
 * @param runs In the order of time. Those with a local fault say nothing.
 * @param interval The interval of the task file, used where there are too few runs to see one.
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

/** The median of the times from run to run; 0 where there are fewer than three runs. */
function usualDistance(at: Float64Array): number {
  if (at.length < 3) return 0;
  const distances = at.slice(1).map((time, index) => time - at[index]!).sort();
  return distances[distances.length >> 1]!;
}

/** Milliseconds that stretches have in common with one of them. */
export function overlap(stretches: readonly Stretch[], { start, end }: Stretch): number {
  return stretches.reduce(
    (sum, it) => sum + Math.max(0, Math.min(it.end, end) - Math.max(it.start, start)),
    0,
  );
}
