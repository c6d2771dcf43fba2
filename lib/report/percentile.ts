/**
 * Computes percentiles of measured values.
 *
 * @module
 */

/** In floating point, a product such as 0.29 × 100 is slightly above the exact whole number. */
const ROUNDING_SLACK = 1e-9;

/**
 * Computes a percentile by nearest rank: the smallest value such that at least `p` percent of all values are
 * not above it. The result is always one of the values, never between two of them; 0 gives the first, 50 the
 * (lower) median, 100 the last.
 *
 * @param sorted Values in ascending order
 * @param p From 0 to 100
 * @returns `undefined` if there are no values
 * @throws {RangeError} If `p` is not from 0 to 100
 *
 * @example Usage
 * ```ts
 * import { percentile } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(percentile([15, 20, 35, 40, 50], 50), 35);
 * ```
 */
export function percentile(sorted: ArrayLike<number>, p: number): number | undefined {
  return sorted[percentileIndex(sorted.length, p)];
}

/**
 * Gives the index of a percentile among values in ascending order.
 *
 * @param p From 0 to 100
 * @throws {RangeError} If `p` is not from 0 to 100
 */
export function percentileIndex(count: number, p: number): number {
  if (!(p >= 0 && p <= 100)) throw new RangeError(`Cannot take percentile ${p}: it must be from 0 to 100`);
  return Math.max(Math.ceil((p * count) / 100 - ROUNDING_SLACK), 1) - 1;
}
