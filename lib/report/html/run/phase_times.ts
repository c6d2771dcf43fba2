/**
 * Gathers the times of the phases in constant memory.
 *
 * @module
 */

import type { Timings } from "../../../result.ts";
import { distributionOf } from "../../distribution.ts";
import { type Distributions, type Measure, MEASURES } from "../../series.ts";
import { Histogram } from "../../summary/histogram.ts";

/** Steps of a plot for each factor of ten. */
export const STEPS = 10;

/** The power of ten, in milliseconds, at which the first step begins: 10 µs. */
export const LOWEST = -2;

/** The power of ten at which the last step ends: a day and more. */
const HIGHEST = 8;

interface PhaseValues {
  readonly histogram: Histogram;
  readonly counts: Float64Array;
}

/** The times of requests, phase by phase. */
export class PhaseTimes {
  readonly #phases = new Map<Measure, PhaseValues>();

  /** Adds the times of a request. */
  add(timings: Timings): void {
    for (const measure of MEASURES) {
      const ms = timings[measure];
      if (ms === undefined) continue;
      let values = this.#phases.get(measure);
      if (values === undefined) {
        values = { histogram: new Histogram(), counts: new Float64Array((HIGHEST - LOWEST) * STEPS) };
        this.#phases.set(measure, values);
      }
      values.histogram.add(ms);
      const step = Math.floor((Math.log10(Math.max(ms, 10 ** LOWEST)) - LOWEST) * STEPS);
      values.counts[Math.min(Math.max(0, step), values.counts.length - 1)]!++;
    }
  }

  /** The distributions of the phases; percentiles are exact to 1 %. */
  get distributions(): Distributions {
    return Object.fromEntries(
      Array.from(this.#phases, ([measure, { histogram }]) => [
        measure,
        distributionOf(histogram.count, (p) => histogram.percentile(p) ?? NaN),
      ]),
    );
  }

  /** The phases that have values, in the order in which they happen, with the counts of the plot. */
  get spreads(): { readonly measure: Measure; readonly counts: Float64Array }[] {
    return MEASURES.flatMap((measure) => {
      const values = this.#phases.get(measure);
      return values === undefined ? [] : [{ measure, counts: values.counts }];
    });
  }
}
