/**
 * Summarises a batch in constant memory.
 *
 * @module
 */

import { chainTimings } from "../../redirect_chain.ts";
import type { ProbeResult, Timings } from "../../result.ts";
import { distributionOf } from "../distribution.ts";
import { type Distributions, type Measure, MEASURES } from "../series.ts";
import { describeDisagreement } from "../text/connection.ts";
import { Counter, type Tally } from "./counter.ts";
import { Histogram } from "./histogram.ts";
import { LagByConcurrency, type LagSummary } from "./lag_summary.ts";

/** One of the slowest targets. */
export interface SlowTarget {
  /** As the user wrote it. */
  readonly input: string;
  /** The address of its row, if the list or `--all-ips` gave it. */
  readonly address?: string | undefined;
  /** The tag of its row. */
  readonly tag?: string | undefined;
  /** Milliseconds. */
  readonly total: number;
  /** Status or error kind. */
  readonly outcome: string;
}

/** The outcome of all rows. */
export interface BatchSummary {
  /** Rows; `ok`, `failed` and `unmeasured` add up to it. */
  readonly rows: number;
  /** Rows that are ok. */
  readonly ok: number;
  /** Rows that failed by a fault of the target or the network, or because an expectation was false. */
  readonly failed: number;
  /** Rows without a verdict: a local fault, or a line that is not a target. */
  readonly unmeasured: number;
  /** Rows by status code. */
  readonly statuses: Tally;
  /** Rows by kind of failure. */
  readonly errors: Tally;
  /**
   * Ends of the connections of answered requests by their description. An end that contradicts the announcement also
   * counts under "against the announcement".
   */
  readonly connections: Tally;
  /** Rows with each deviation. */
  readonly deviations: Tally;
  /** The slowest targets, the slowest first. */
  readonly slowest: readonly SlowTarget[];
  /** Phases of the answered requests; percentiles are exact to 1 %. */
  readonly phases: Distributions;
  /** The influence of sonde's own delays on the times. */
  readonly lag: LagSummary;
  /** Rows of targets that needed more than one try. */
  readonly retried: number;
  /** Rows of hosts without a scheme that answered over http, after https had failed. */
  readonly plainInstead: number;
}

/** Number of targets in the list of the slowest. */
export const SLOWEST = 5;

/**
 * Gathers the summary, row by row.
 *
 * @example Usage
 * ```ts
 * import { BatchTally } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(new BatchTally().summary().rows, 0);
 * ```
 */
export class BatchTally {
  #rows = 0;
  #ok = 0;
  #unmeasured = 0;
  #retried = 0;
  #plainInstead = 0;
  readonly #statuses = new Counter();
  readonly #errors = new Counter();
  readonly #connections = new Counter();
  readonly #deviations = new Counter();
  readonly #slowest: SlowTarget[] = [];
  readonly #phases = new Map<Measure, Histogram>();
  readonly #lag = new LagByConcurrency();

  /** Rows so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Rows so far that are ok. */
  get ok(): number {
    return this.#ok;
  }

  /** Adds one more row. */
  add(result: ProbeResult): void {
    const { error, status, deviations, attempts = [] } = result;
    this.#rows++;
    if (result.ok) this.#ok++;
    else if (error?.by === "local") this.#unmeasured++;
    if (attempts.some(({ url }) => url === undefined)) this.#retried++;
    if (!error && attempts.some(({ url }) => url !== undefined)) this.#plainInstead++;
    if (status !== undefined) this.#statuses.add(String(status));
    if (error) this.#errors.add(error.kind);
    this.#addConnection(result);
    for (const code of new Set(deviations.map(({ code }) => code))) this.#deviations.add(code);
    if (error?.kind === "usage") return;
    const timings = chainTimings(result);
    this.#addSlow(result, timings);
    this.#lag.add(result);
    if (error) return;
    for (const measure of MEASURES) {
      const ms = timings[measure];
      if (ms !== undefined) this.#histogram(measure).add(ms);
    }
  }

  /** Summarises all rows so far. */
  summary(): BatchSummary {
    return {
      rows: this.#rows,
      ok: this.#ok,
      failed: this.#rows - this.#ok - this.#unmeasured,
      unmeasured: this.#unmeasured,
      statuses: this.#statuses.sorted(),
      errors: this.#errors.sorted(),
      connections: this.#connections.sorted(),
      deviations: this.#deviations.sorted(),
      slowest: [...this.#slowest],
      phases: Object.fromEntries(
        MEASURES.flatMap((measure) => {
          const histogram = this.#phases.get(measure);
          return histogram
            ? [[measure, distributionOf(histogram.count, (p) => histogram.percentile(p) ?? NaN)]]
            : [];
        }),
      ),
      lag: this.#lag.summary(),
      retried: this.#retried,
      plainInstead: this.#plainInstead,
    };
  }

  /** Counts the end of a connection, unless the kind of the error tells it. */
  #addConnection({ connection, error }: ProbeResult): void {
    if (!connection || error) return;
    const { end: { by, how } } = connection;
    this.#connections.add(
      how === "open" ? "left open" : `${ENDS[how]} by ${by === "us" ? "us" : "the server"}`,
    );
    if (describeDisagreement(connection) !== undefined) this.#connections.add("against the announcement");
  }

  #addSlow({ input, address, tag, error, status }: ProbeResult, { total }: Timings): void {
    const slowest = this.#slowest;
    if (slowest.length === SLOWEST && slowest[SLOWEST - 1]!.total >= total) return;
    const at = slowest.findIndex((slow) => slow.total < total);
    const outcome = error?.kind ?? String(status);
    slowest.splice(at === -1 ? slowest.length : at, 0, { input, address, tag, total, outcome });
    slowest.length = Math.min(slowest.length, SLOWEST);
  }

  #histogram(measure: Measure): Histogram {
    let histogram = this.#phases.get(measure);
    if (!histogram) this.#phases.set(measure, histogram = new Histogram());
    return histogram;
  }
}

const ENDS = {
  "fin": "closed",
  "close-notify": "ended with close_notify",
  "rst": "reset",
  "tls-truncated": "cut without close_notify",
  "closed": "closed",
};
