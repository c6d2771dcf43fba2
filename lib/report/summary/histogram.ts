/**
 * Counts the values of a measure in constant memory.
 *
 * @module
 */

/** Each bucket begins 2 % above the previous one, so its middle is within 1 % of every value in it. */
const GROWTH = Math.log(1.02);
/** The smallest bucket in milliseconds. Differences below a microsecond do not count. */
const LEAST = 0.001;
/** Up to 30 days. */
const BUCKETS = 1 + Math.ceil(Math.log(2_592_000_000 / LEAST) / GROWTH);

/**
 * Counts values in buckets of 2 %. Minimum, maximum and count are exact, percentiles are within 1 %.
 *
 * @example Usage
 * ```ts
 * import { Histogram } from "./histogram.ts";
 * import assert from "node:assert/strict";
 *
 * const histogram = new Histogram();
 * for (let ms = 1; ms <= 100; ms++) histogram.add(ms);
 * assert(Math.abs(histogram.percentile(50)! - 50) < 0.5);
 * ```
 */
export class Histogram {
  readonly #buckets = new Float64Array(BUCKETS);
  #count = 0;
  #min = Infinity;
  #max = 0;

  /** Number of values. */
  get count(): number {
    return this.#count;
  }

  /** The largest value; 0 without values. */
  get max(): number {
    return this.#max;
  }

  /** Adds a value in milliseconds. */
  add(ms: number): void {
    const bucket = ms <= LEAST ? 0 : Math.min(BUCKETS - 1, 1 + Math.floor(Math.log(ms / LEAST) / GROWTH));
    this.#buckets[bucket]!++;
    this.#count++;
    if (ms < this.#min) this.#min = ms;
    if (ms > this.#max) this.#max = ms;
  }

  /** Computes a percentile by nearest rank, exact to 1 %; `undefined` if there are no values. */
  percentile(p: number): number | undefined {
    if (this.#count === 0) return undefined;
    if (p === 0) return this.#min;
    if (p === 100) return this.#max;
    const rank = Math.max(1, Math.ceil((p * this.#count) / 100 - 1e-9));
    let seen = 0;
    let bucket = 0;
    while (bucket < BUCKETS - 1 && (seen += this.#buckets[bucket]!) < rank) bucket++;
    const middle = bucket === 0 ? 0 : LEAST * Math.exp((bucket - 0.5) * GROWTH);
    return Math.min(this.#max, Math.max(this.#min, middle));
  }
}
