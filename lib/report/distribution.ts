/**
 * Describes the distribution of values.
 *
 * @module
 */

import { percentile } from "./percentile.ts";

/**
 * The distribution of one measure in milliseconds; percentiles are by nearest rank. A percentile that would be the
 * largest value, because there are too few values, is absent.
 */
export interface Distribution {
  /** Number of values. */
  readonly count: number;
  /** The smallest value. */
  readonly min: number;
  /** The median. */
  readonly median: number;
  /** The 90th percentile; absent below 10 values. */
  readonly p90?: number;
  /** The 99th percentile; absent below 100 values. */
  readonly p99?: number;
  /** The largest value. */
  readonly max: number;
}

/** Fewest values for the 90th percentile. */
export const FEWEST_FOR_P90 = 10;
const FEWEST_FOR_P99 = 100;

/** @param sorted Values in ascending order, not empty */
export function describeDistribution(sorted: Float64Array): Distribution {
  return distributionOf(sorted.length, (p) => percentile(sorted, p) ?? NaN);
}

/**
 * Gives the distribution of values that are kept in another way than sorted.
 *
 * @param count Number of values, at least 1
 * @param percentile Gives a percentile of them: 0 the smallest, 100 the largest value
 */
export function distributionOf(count: number, percentile: (p: number) => number): Distribution {
  return {
    count,
    min: percentile(0),
    median: percentile(50),
    ...(count >= FEWEST_FOR_P90 && { p90: percentile(90) }),
    ...(count >= FEWEST_FOR_P99 && { p99: percentile(99) }),
    max: percentile(100),
  };
}
