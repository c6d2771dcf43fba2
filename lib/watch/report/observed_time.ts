import type { RunRow, TimeWindow } from "./run_row.ts";

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
export function observedTime(runs: readonly RunRow[], interval: number, window: TimeWindow): Stretch[] {
  const reach = Math.max(interval, usualDistance(runs)) * REACH;
  const stretches: { start: number; end: number }[] = [];
  for (const [index, { at, verdict }] of runs.entries()) {
    if (verdict === "unknown") continue;
    const start = Math.max(at, window.from);
    const end = Math.min(runs[index + 1]?.at ?? Infinity, at + reach, window.to);
    if (end <= start) continue;
    const previous = stretches.at(-1);
    if (previous !== undefined && previous.end === start) previous.end = end;
    else stretches.push({ start, end });
  }
  return stretches;
}

/** The median of the times from run to run; 0 where there are fewer than three runs. */
function usualDistance(runs: readonly RunRow[]): number {
  if (runs.length < 3) return 0;
  const distances = runs.slice(1).map(({ at }, index) => at - runs[index]!.at).sort((a, b) => a - b);
  return distances[distances.length >> 1]!;
}

/** Milliseconds that stretches have in common with one of them. */
export function overlap(stretches: readonly Stretch[], { start, end }: Stretch): number {
  return stretches.reduce(
    (sum, it) => sum + Math.max(0, Math.min(it.end, end) - Math.max(it.start, start)),
    0,
  );
}
