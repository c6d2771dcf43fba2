/**
 * Whether figures that were taken again and again stay where they are.
 *
 * @module
 */

import { spread } from "./_measure.ts";

/** What was seen at one moment. */
export interface Sample {
  /** Seconds since the beginning. */
  readonly at: number;
  /** Open file descriptors. */
  readonly descriptors: number;
  /** Octets that the system counts for the process. */
  readonly memory: number;
  /** Octets of live objects, right after a collection. */
  readonly heap: number;
  /** Rows a second. */
  readonly rate: number;
}

type Figure = Exclude<keyof Sample, "at">;

/** By how much a figure may change over the whole run: a share of its median, or this much where that is more. */
const ALLOWED: Readonly<Record<Figure, { readonly share: number; readonly least: number }>> = {
  descriptors: { share: 0.15, least: 12 },
  memory: { share: 0.1, least: 24 * 2 ** 20 },
  heap: { share: 0.1, least: 2 * 2 ** 20 },
  rate: { share: 0.2, least: 20 },
};

/** Samples of the first part count as warming up. */
const WARM_UP = 0.2;
/** Fewer samples say nothing. */
const FEWEST = 8;

/** How one figure went. */
export interface Trend {
  readonly figure: Figure;
  readonly median: number;
  /** From the beginning to the end, along the line through the samples. */
  readonly change: number;
  readonly flat: boolean;
}

/**
 * The trend of every figure. Growth counts, and of the rate a fall; what goes the other way is no fault.
 *
 * @throws {RangeError} If there are too few samples
 */
export function findTrends(samples: readonly Sample[]): Trend[] {
  const counted = samples.slice(Math.ceil(samples.length * WARM_UP));
  if (counted.length < FEWEST) {
    throw new RangeError(`Cannot tell from ${counted.length} samples, ${FEWEST} are wanted: run it longer`);
  }
  const seconds = counted.at(-1)!.at - counted[0]!.at;
  return (Object.keys(ALLOWED) as Figure[]).map((figure) => {
    const { median } = spread(counted.map((sample) => sample[figure]));
    const change = slopeOf(counted.map((sample) => [sample.at, sample[figure]])) * seconds;
    const { share, least } = ALLOWED[figure];
    const worse = figure === "rate" ? -change : change;
    return { figure, median, change, flat: worse <= Math.max(least, share * median) };
  });
}

/** The median of the slopes between all pairs (Theil–Sen): a few samples that are far off do not turn it. */
function slopeOf(points: readonly (readonly [at: number, value: number])[]): number {
  const slopes = points.flatMap(([at, value], index) =>
    points.slice(index + 1).map(([later, other]) => (other - value) / (later - at))
  );
  return spread(slopes).median;
}
