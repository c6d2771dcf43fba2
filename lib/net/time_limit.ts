/**
 * A time limit for a peer that grows by the time that this process lost.
 *
 * @module
 */

import type { LostTime } from "../time/lag.ts";

/** By default, a limit may double. */
export const USUAL_ALLOWANCE = 1;

/**
 * With this share of lost time, a peer may only seem silent: a late loop looks at some of its sockets after seconds. If
 * the caller allows more lost time than usual, the peer had its whole limit in any case.
 */
const DOUBTFUL_SHARE = 0.2;

/** A peer that was heard in the later part of the limit is not silent: this process does see its octets. */
const SILENT_SHARE = 0.5;

/** Timers fire in whole milliseconds. */
const ROUNDING = 1;

/** The event loop of this process, and the share of its lost time that extends a limit. */
export interface Allowance {
  readonly lag: LostTime;
  /** Maximum extension, in lengths of the limit. */
  readonly allowance: number;
}

/** A limit that has begun to count. */
export class TimeLimit {
  /** Length in milliseconds. */
  readonly limit: number;
  readonly #since: number;
  readonly #lostBefore: number;
  readonly #allowed: Allowance;

  /**
   * @param since `performance.now()` when the limit began
   * @param lostBefore Milliseconds that were lost before it began
   */
  constructor(limit: number, since: number, lostBefore: number, allowed: Allowance) {
    this.limit = limit;
    this.#since = since;
    this.#lostBefore = lostBefore;
    this.#allowed = allowed;
  }

  /** `performance.now()` when the limit expires, including the lost time that it allows. */
  get end(): number {
    return this.#since + this.limit + Math.min(this.#lost, this.#allowed.allowance * this.limit);
  }

  /**
   * Judges an expired limit.
   *
   * @param heardAt `performance.now()` when the last octets came
   * @returns Milliseconds that were lost; `short` if so much was lost that the peer cannot be blamed
   */
  judge(now: number, heardAt: number): { readonly lost: number; readonly short: boolean } {
    const lost = this.#lost;
    const passed = now - this.#since;
    const silent = now - Math.max(heardAt, this.#since) >= SILENT_SHARE * passed;
    const doubtful = silent && this.#allowed.allowance <= USUAL_ALLOWANCE && lost >= DOUBTFUL_SHARE * passed;
    return { lost, short: lost > 0 && (doubtful || passed - lost < this.limit - ROUNDING) };
  }

  get #lost(): number {
    return this.#allowed.lag.lost - this.#lostBefore;
  }
}
