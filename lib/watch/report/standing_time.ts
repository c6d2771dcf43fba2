/**
 * Computes how long each run of a check stands for it.
 *
 * @module
 */

/** A run is missing if the next one starts later than this many usual distances after the previous one. */
const MISSING = 2.5;

/** Number of distances on each side from which the usual one is found. */
const SAMPLE = 5;

/** Number of distances that tell the usual one. */
const FEW = 3;

/** Distances are alike if the longer one is at most this many times the shorter one. */
const ALIKE = 1.5;

/** Number of runs outside of a window that tell how far those inside reach. */
export const NEIGHBOURS: number = SAMPLE + 1;

/** Facts about runs in the order of time. */
export interface RunTimes {
  /** Start of each run, milliseconds since 1970. */
  readonly at: Float64Array;
  /** Interval of the task file in milliseconds. */
  readonly interval: number;
  /** Computes the milliseconds that a run took. While it lasts, the next one cannot start. */
  readonly took: (run: number) => number;
}

/**
 * Computes the end of the time that each run stands for, in milliseconds since 1970: the start of the next run, or the
 * usual distance if the next run is missing. The usual distance is that of the runs around, because the interval in the
 * task file may have changed, and says nothing about runs that cron starts.
 */
export function standingEnds(runs: RunTimes): Float64Array {
  const { at } = runs;
  const ends = new Float64Array(at.length);
  for (let run = 0; run < at.length; run++) {
    const next = at[run + 1];
    ends[run] = next !== undefined && (isNear(at, run) || !isMissing(runs, run))
      ? next
      : at[run]! + usualDistance(runs, run);
  }
  return ends;
}

/**
 * Tells quickly that the next run is not missing. The median of five distances is at least the smallest of any three of
 * them.
 */
function isNear(at: Float64Array, run: number): boolean {
  if (run < SAMPLE) return false;
  const smallest = Math.min(
    at[run]! - at[run - 1]!,
    at[run - 1]! - at[run - 2]!,
    at[run - 2]! - at[run - 3]!,
  );
  return at[run + 1]! - at[run]! <= MISSING * smallest;
}

function isMissing(runs: RunTimes, run: number): boolean {
  const { at, took } = runs;
  const distance = at[run + 1]! - at[run]!;
  const usual = Math.max(longDistance(runs, run, "before"), longDistance(runs, run, "after"));
  return distance > MISSING * usual && distance - took(run) > MISSING * usual;
}

/**
 * Computes the longest distance between runs of which none is missing. If several watches share a history, short
 * distances and long ones take turns. No distance up to the interval is a gap.
 */
function longDistance(runs: RunTimes, run: number, side: Side): number {
  const distances = distancesAround(runs, run, side);
  const longest = distances.at(-1)!;
  const next = distances.at(-2) ?? 0;
  // Two gaps are hardly ever of the same length.
  const usual = longest <= ALIKE * next ? next : middleOf(distances);
  return Math.max(usual, Math.min(runs.interval, longest));
}

/** Computes the usual distance between the runs before a run. */
export function usualDistance(runs: RunTimes, run: number): number {
  return middleOf(distancesAround(runs, run, "before"));
}

function middleOf(sorted: readonly number[]): number {
  return sorted[(sorted.length - 1) >> 1]!;
}

/** Computes the longest distance to the next run that is no surprise after the last run. */
export function longestReach(runs: RunTimes): number {
  return Math.max(runs.interval, longDistance(runs, Math.max(0, runs.at.length - 1), "before"));
}

type Side = "before" | "after";

/** Sorts the distances between the runs before or after a run, without the distance to the next one. */
function distancesAround({ at, interval }: RunTimes, run: number, side: Side): number[] {
  const before = (index: number) => at[run - index]! - at[run - index - 1]!;
  const after = (index: number) => at[run + index + 2]! - at[run + index + 1]!;
  const counts = { before: Math.min(run, SAMPLE), after: Math.max(0, Math.min(at.length - run - 2, SAMPLE)) };
  const [near, other] = side === "before" ? [before, after] : [after, before];
  const distances = Array.from({ length: counts[side] }, (_, index) => near(index));
  // A few distances say little, so the nearest ones of the other side count, too, and then the interval.
  const others = Math.min(FEW - distances.length, counts[side === "before" ? "after" : "before"]);
  for (let index = 0; index < others; index++) distances.push(other(index));
  if (distances.length < FEW) distances.push(interval);
  return distances.sort((a, b) => a - b);
}
