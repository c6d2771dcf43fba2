/**
 * Tells which targets became slower or faster by more than chance explains.
 *
 * @module
 */

/** The times of one target before and after, in milliseconds. */
export interface PacePair {
  readonly input: string;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** A target whose time changed; the times are medians in milliseconds. */
export interface PaceChange {
  readonly input: string;
  readonly kind: "slower" | "faster";
  readonly before: number;
  readonly after: number;
  /** Number of times on the side that has fewer. */
  readonly values: number;
}

/** The times of all targets together. */
export interface RunPace {
  /** The median of all targets before, in milliseconds. */
  readonly before: number;
  /** The median of all targets after, in milliseconds. */
  readonly after: number;
  /** Targets that took longer than before, by however little. */
  readonly slower: number;
  /** Targets that were measured in both runs. */
  readonly targets: number;
}

/** With fewer targets, nobody can tell how much times spread from run to run. */
const FEWEST_TARGETS = 20;
/** With at least this many values, the values of one target are compared with each other. */
export const FEWEST_VALUES = 5;
/** A single time counts if it differs by this many milliseconds … */
const LEAST_MS = 100;
/** … if it became longer or shorter by this factor, beyond the usual change of all targets … */
const FACTOR = 2;
/** … and if it is this many times as far from the usual change as most targets are. */
const SPREADS = 6;
/** Standard deviations by which a rank sum differs from that of chance: once in about 3,000 comparisons. */
const UNLIKELY = 3.5;
/** The comparison ignores a median that moves by a smaller share. */
const LEAST_SHARE = 0.1;

/** Finds the targets that became slower or faster. */
export function findPaceChanges(pairs: readonly PacePair[]): PaceChange[] {
  const ratios = pairs.map(({ before, after }) => Math.log(median(after) / median(before))).filter(
    Number.isFinite,
  );
  const usual = median(ratios);
  const spread = 1.4826 * median(ratios.map((ratio) => Math.abs(ratio - usual)));
  const beyond = Math.max(SPREADS * spread, Math.log(FACTOR));
  return pairs.flatMap((pair): PaceChange[] => {
    const [before, after] = [median(pair.before), median(pair.after)];
    const moved = Math.log(after / before) - usual;
    const values = Math.min(pair.before.length, pair.after.length);
    const many = values >= FEWEST_VALUES;
    const counts = many
      ? isUnlikely(pair.before, pair.after) && Math.abs(after - before) >= leastChange(before)
      : ratios.length >= FEWEST_TARGETS && Math.abs(moved) > beyond && moved > 0 === after > before &&
        Math.abs(after - before) >= LEAST_MS;
    return counts
      ? [{ input: pair.input, kind: after > before ? "slower" : "faster", before, after, values }]
      : [];
  });
}

/** Gives the least change of a median, in milliseconds, that the comparison names. */
function leastChange(before: number): number {
  return Math.max(1, LEAST_SHARE * before);
}

/** Compares the times of all targets; `undefined` if chance explains the difference, or it is small. */
export function compareRunPace(pairs: readonly PacePair[]): RunPace | undefined {
  const medians = pairs.map(({ before, after }) => [median(before), median(after)] as const);
  const moved = medians.filter(([before, after]) => before !== after);
  const slower = moved.filter(([before, after]) => after > before).length;
  if (moved.length < FEWEST_TARGETS) return undefined;
  // The sign test: by chance, as many targets are slower as are faster.
  if (Math.abs(2 * slower - moved.length) < UNLIKELY * Math.sqrt(moved.length)) return undefined;
  const before = median(medians.map(([it]) => it));
  const after = median(medians.map(([, it]) => it));
  if (Math.abs(after - before) < leastChange(before)) return undefined;
  return { before, after, slower, targets: pairs.length };
}

/** The rank-sum test of Mann and Whitney, with the normal approximation. */
function isUnlikely(before: readonly number[], after: readonly number[]): boolean {
  const [m, n] = [before.length, after.length];
  const sorted = Float64Array.from(before).sort();
  let [wins, below, upTo] = [0, 0, 0];
  for (const one of Float64Array.from(after).sort()) {
    while (below < m && sorted[below]! < one) below++;
    while (upTo < m && sorted[upTo]! <= one) upTo++;
    wins += (below + upTo) / 2;
  }
  const deviation = Math.sqrt(m * n * (m + n + 1) / 12);
  // With few values, even the most extreme order is not that unlikely, so the most extreme one counts.
  const needed = Math.min(UNLIKELY * deviation, m * n / 2);
  return Math.abs(wins - m * n / 2) >= needed;
}

function median(values: readonly number[]): number {
  if (values.length === 1) return values[0]!;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]!
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
