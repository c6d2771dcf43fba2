/**
 * Measures how much sonde's own delays add to the times of a batch.
 *
 * @module
 */

import type { ProbeResult } from "../../result.ts";
import { formatQuantity, formatShare } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";

/** The delays of our own event loop in the rows of a batch. */
export interface LagSummary {
  /** Share of rows, from 0 to 1, that lost at least 5 ms and more than a tenth of their total time. */
  readonly affectedShare: number;
  /** The worst delay in milliseconds. */
  readonly worst: number;
  /**
   * Number of targets in parallel from which at least one row in twenty is affected: the beginning of a range
   * from 2ⁿ to 2ⁿ⁺¹ − 1. Absent if there is no such number.
   */
  readonly from?: number;
}

/** Timers are late by a few milliseconds on any machine. */
const LEAST = 5;
const SHARE_OF_TOTAL = 0.1;
const SHARE_OF_ROWS = 0.05;
/** A range with fewer rows, such as the first one of a run, is too small for a conclusion. */
const FEWEST = 20;
const SHARE_OF_RANGE = 0.01;

/**
 * Counts affected rows by the number of targets that were under way when they began, in ranges 1, 2–3, 4–7,
 * 8–15 …
 */
export class LagByConcurrency {
  readonly #rows: number[] = [];
  readonly #affected: number[] = [];
  #worst = 0;

  /** Adds one more row. */
  add({ timings: { lag = 0, lost = 0, total }, concurrency = 1 }: ProbeResult): void {
    const range = Math.floor(Math.log2(concurrency));
    this.#rows[range] = (this.#rows[range] ?? 0) + 1;
    if (lag > this.#worst) this.#worst = lag;
    const delay = Math.max(lag, lost);
    if (delay >= LEAST && delay > SHARE_OF_TOTAL * total) {
      this.#affected[range] = (this.#affected[range] ?? 0) + 1;
    }
  }

  /** Summarises all rows so far. */
  summary(): LagSummary {
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    const rows = sum(this.#rows);
    // Ranges without rows are holes in the array, which findIndex() sees as undefined.
    const range = this.#rows.findIndex((count = 0, index) =>
      count >= Math.max(FEWEST, SHARE_OF_RANGE * rows) &&
      (this.#affected[index] ?? 0) >= SHARE_OF_ROWS * count
    );
    return {
      affectedShare: rows === 0 ? 0 : sum(this.#affected) / rows,
      worst: this.#worst,
      ...(range !== -1 && { from: 2 ** range }),
    };
  }
}

/** Describes the influence of sonde's own delays, with advice; `undefined` if there is none. */
export function describeLag({ affectedShare, worst, from }: LagSummary): string | undefined {
  if (affectedShare === 0) return undefined;
  const since = from === undefined ? "" : `, from ${formatQuantity(from, "target")} at once on`;
  return `${
    formatShare(affectedShare)
  } of the rows lost more than a tenth of their time to sonde itself (worst ` +
    `${formatDuration(worst)})${since}: a lower --concurrency measures better`;
}
