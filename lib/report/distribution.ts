/**
 * Describes the distribution of values.
 *
 * @module
 */

import { percentile } from "./percentile.ts";

/** The distribution of one measure in milliseconds; percentiles are by nearest rank. */
export interface Distribution {
  /** Number of values. */
  readonly count: number;
  /** The smallest value. */
  readonly min: number;
  /** The median. */
  readonly median: number;
  /** The 90th percentile. */
  readonly p90: number;
  /** The 99th percentile. */
  readonly p99: number;
  /** The largest value. */
  readonly max: number;
}

/** @param sorted Values in ascending order, not empty */
export function describeDistribution(sorted: Float64Array): Distribution {
  const rank = (p: number) => percentile(sorted, p) ?? NaN;
  return {
    count: sorted.length,
    min: rank(0),
    median: rank(50),
    p90: rank(90),
    p99: rank(99),
    max: rank(100),
  };
}
