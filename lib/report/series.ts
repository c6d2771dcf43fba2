/**
 * Computes figures of repeated requests to one target, separately for cold and warm ones.
 *
 * @module
 */

import { chainTimings, SUMMED_TIMINGS } from "../redirect_chain.ts";
import type { ProbeResult, Timings } from "../result.ts";
import { Counter, type Tally } from "./summary/counter.ts";
import { describeDistribution, type Distribution } from "./distribution.ts";

export type { Distribution };

/** A measure of each request: a phase, or the total. */
export type Measure = Exclude<keyof Timings, "lag" | "lost">;

/** The measures in the order in which they happen. */
export const MEASURES: readonly Measure[] = SUMMED_TIMINGS.filter((timing) => timing !== "lost");

/** The distribution of each measure that had a value. */
export type Distributions = { readonly [measure in Measure]?: Distribution };

/** The outcome of a series of requests. */
export interface SeriesSummary {
  /** Number of requests; `answered`, `lost` and `unmeasured` add up to it. */
  readonly sent: number;
  /** Requests with a complete final response of any status. */
  readonly answered: number;
  /** Requests that failed by a fault of the target or the network. */
  readonly lost: number;
  /** Requests that failed by a local fault, which says nothing about the target. */
  readonly unmeasured: number;
  /** `lost` as a share of `answered` plus `lost`, from 0 to 1; 0 if both are 0. */
  readonly lostShare: number;
  /** Number of requests by the status of their final response, the most frequent first. */
  readonly statuses: Tally;
  /** Number of failed requests by the kind of error, the most frequent first. */
  readonly errors: Tally;
  /** Answered requests that opened their connection. */
  readonly cold: Distributions;
  /** Answered requests on a connection that had already carried another request. */
  readonly warm: Distributions;
}

type Samples = Map<Measure, number[]>;

function distributions(samples: Samples): Distributions {
  return Object.fromEntries(
    Array.from(
      samples,
      ([measure, values]) => [measure, describeDistribution(Float64Array.from(values).sort())],
    ),
  );
}

/**
 * Gathers the figures of a series, result by result. It keeps only numbers, at most nine for each
 * result, and the counts of statuses and errors.
 *
 * @example Usage
 * ```ts
 * import { Series } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(new Series().summary().sent, 0);
 * ```
 */
export class Series {
  readonly #cold: Samples = new Map();
  readonly #warm: Samples = new Map();
  readonly #statuses = new Counter();
  readonly #errors = new Counter();
  #answered = 0;
  #lost = 0;
  #unmeasured = 0;

  /** Adds the figures of one more result. A failed request counts as lost, and its times are ignored. */
  add(result: ProbeResult): void {
    const { error, status, connection } = result;
    if (status !== undefined) this.#statuses.add(String(status));
    if (error !== undefined) {
      this.#errors.add(error.kind);
      if (error.by === "local") this.#unmeasured++;
      else this.#lost++;
      return;
    }
    this.#answered++;
    const samples = connection?.reused ? this.#warm : this.#cold;
    const timings = chainTimings(result);
    for (const measure of MEASURES) {
      const ms = timings[measure];
      if (ms === undefined) continue;
      const values = samples.get(measure);
      if (values === undefined) samples.set(measure, [ms]);
      else values.push(ms);
    }
  }

  /** Summarises all results so far. */
  summary(): SeriesSummary {
    const [answered, lost, unmeasured] = [this.#answered, this.#lost, this.#unmeasured];
    return {
      sent: answered + lost + unmeasured,
      answered,
      lost,
      unmeasured,
      lostShare: lost === 0 ? 0 : lost / (answered + lost),
      statuses: this.#statuses.sorted(),
      errors: this.#errors.sorted(),
      cold: distributions(this.#cold),
      warm: distributions(this.#warm),
    };
  }
}
