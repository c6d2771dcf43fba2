/**
 * Tells whether figures that are sampled during a long run stay constant.
 *
 * @module
 */

import { spread } from "./_measure.ts";

/** The figures of one moment. */
export interface Sample {
  /** Seconds since the beginning. */
  readonly at: number;
  /** Open file descriptors. */
  readonly descriptors: number;
  /** Bytes of memory that the system counts for the process. */
  readonly memory: number;
  /** Bytes of live objects, right after a garbage collection. */
  readonly heap: number;
  /** Rows a second. */
  readonly rate: number;
}

type Figure = Exclude<keyof Sample, "at">;

/**
 * The change that a figure may show over the whole run: a share of its median, or an absolute amount if that
 * is larger.
 */
const ALLOWED: Readonly<Record<Figure, { readonly share: number; readonly least: number }>> = {
  descriptors: { share: 0.15, least: 12 },
  memory: { share: 0.1, least: 24 * 2 ** 20 },
  heap: { share: 0.1, least: 2 * 2 ** 20 },
  rate: { share: 0.2, least: 20 },
};

/** The share of samples at the beginning that are dropped as warm-up. */
const WARM_UP = 0.2;
/** With fewer samples, a trend would mean nothing. */
const FEWEST = 8;

/** The trend of one figure. */
export interface Trend {
  readonly figure: Figure;
  readonly median: number;
  /** The change from the beginning to the end, along a line fitted to the samples. */
  readonly change: number;
  readonly flat: boolean;
}

/**
 * Computes the trend of every figure. Only growth is a fault; for the rate, only a fall is one.
 *
 * @throws {RangeError} If there are too few samples
 */
export function findTrends(samples: readonly Sample[]): Trend[] {
  const counted = samples.slice(Math.ceil(samples.length * WARM_UP));
  if (counted.length < FEWEST) {
    throw new RangeError(
      `Cannot compute a trend: ${FEWEST} samples are needed, and there are ${counted.length}; run it longer`,
    );
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

/** Gives the median of the slopes between all pairs (Theil–Sen), which a few outliers do not change. */
function slopeOf(points: readonly (readonly [at: number, value: number])[]): number {
  const slopes = points.flatMap(([at, value], index) =>
    points.slice(index + 1).map(([later, other]) => (other - value) / (later - at))
  );
  return spread(slopes).median;
}
