/**
 * A time limit for a peer, longer by the time that this process lost meanwhile.
 *
 * @module
 */

import type { LostTime } from "../time/lag.ts";

/** By default a limit may become twice as long. */
export const USUAL_ALLOWANCE = 1;

/**
 * From this share of lost time on, a peer may seem to be silent that is not: a loop that is late looks at some of its sockets
 * only after seconds. A caller that allows more lost time than usual gave the peer its whole limit in any case.
 */
const DOUBTFUL_SHARE = 0.2;

/** A peer that was heard in the later part of the time is not silent: the time that it takes is seen. */
const SILENT_SHARE = 0.5;

/** Alarms come in whole milliseconds. */
const ROUNDING = 1;

/** The event loop of this process, and how much of its lost time is added to a limit. */
export interface Allowance {
  readonly lag: LostTime;
  /** In lengths of the limit. */
  readonly allowance: number;
}

/** A limit that has begun to count. */
export class TimeLimit {
  /** Milliseconds. */
  readonly limit: number;
  readonly #since: number;
  readonly #lostBefore: number;
  readonly #allowed: Allowance;

  /**
   * @param since `performance.now()` when it began to count
   * @param lostBefore Milliseconds that were lost before
   */
  constructor(limit: number, since: number, lostBefore: number, allowed: Allowance) {
    this.limit = limit;
    this.#since = since;
    this.#lostBefore = lostBefore;
    this.#allowed = allowed;
  }

  /** `performance.now()` when it is over: later by the time that was lost in it, as far as that is allowed. */
  get end(): number {
    return this.#since + this.limit + Math.min(this.#lost, this.#allowed.allowance * this.limit);
  }

  /**
   * Judges a limit that is over.
   *
   * @param heardAt `performance.now()` when octets came last
   * @returns Milliseconds that were lost; `short` if they were too many to say anything of the peer
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
