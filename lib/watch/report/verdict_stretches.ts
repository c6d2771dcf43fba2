/**
 * Sums the time that runs stand for, by verdict.
 *
 * @module
 */

import type { PartVerdict, VerdictTimes } from "./report_parts.ts";
import { DEGRADED, DOWN, MAINTENANCE, type RunColumns, UNKNOWN, UP, VERDICTS } from "./run_columns.ts";

/** The verdicts from the worst to the best. */
const WORST_FIRST = [DOWN, DEGRADED, UNKNOWN, UP, MAINTENANCE] as const;

/** Stretches of time with one verdict, in the order of time; stretches do not overlap. */
export class VerdictStretches {
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  readonly #verdicts: Uint8Array;
  #length = 0;

  /**
   * Joins runs with the same verdict that follow each other without a gap.
   *
   * @param ends End of the time that each run stands for
   */
  constructor({ at, verdicts }: Pick<RunColumns, "at" | "verdicts">, ends: Float64Array) {
    this.#starts = new Float64Array(at.length);
    this.#ends = new Float64Array(at.length);
    this.#verdicts = new Uint8Array(at.length);
    for (let run = 0; run < at.length; run++) {
      if (ends[run]! > at[run]!) this.#add(at[run]!, ends[run]!, verdicts[run]!);
    }
  }

  #add(start: number, end: number, verdict: number): void {
    const last = this.#length - 1;
    if (last >= 0 && this.#ends[last] === start && this.#verdicts[last] === verdict) this.#ends[last] = end;
    else {
      this.#starts[this.#length] = start;
      this.#ends[this.#length] = end;
      this.#verdicts[this.#length] = verdict;
      this.#length++;
    }
  }

  /** Sums the milliseconds by verdict between two times. */
  within(start: number, end: number): VerdictTimes {
    const sums = [0, 0, 0, 0, 0];
    for (let index = this.#firstAfter(start); index < this.#length && this.#starts[index]! < end; index++) {
      sums[this.#verdicts[index]!]! += Math.min(end, this.#ends[index]!) -
        Math.max(start, this.#starts[index]!);
    }
    const [up = 0, degraded = 0, down = 0, unknown = 0, maintenance = 0] = sums;
    return { up, degraded, down, unknown, maintenance };
  }

  /** Finds the first stretch that ends after a time. */
  #firstAfter(time: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ends[middle]! > time) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Finds the worst verdict that has some time or a run. */
export function worstVerdict(
  ms: VerdictTimes,
  runs: Partial<Readonly<Record<PartVerdict, number>>> = {},
): PartVerdict | null {
  const verdicts = WORST_FIRST.map((verdict) => VERDICTS[verdict]);
  return verdicts.find((verdict) => ms[verdict] > 0 || (runs[verdict] ?? 0) > 0) ?? null;
}

/** Sums the milliseconds for which a run could tell the verdict. */
export function observedTime({ up, degraded, down }: VerdictTimes): number {
  return up + degraded + down;
}
