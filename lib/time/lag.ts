/**
 * Measures how late the event loop is, and so how much of a measured time was lost on this machine.
 *
 * @module
 */

import { callAfter } from "./timer.ts";

/** Milliseconds between two readings of the clock. */
const TICK = 20;

/** A delay of fewer milliseconds is an ordinary turn of the loop, in which nothing is lost. */
const NOTABLE = 10;

/** A delay and the moment at which it was seen. */
interface Delay {
  readonly at: number;
  readonly delay: number;
}

let running = 0;
let callOff: (() => void) | undefined;
let due = 0;
/** Sum of all notable delays that have ended, in milliseconds. */
let lostBefore = 0;
/**
 * Delays in chronological order, each larger than all later ones, so the first one after a moment is the worst since
 * then.
 */
let delays: Delay[] = [];

/** The delays of the event loop during a measurement, in milliseconds. */
export interface LagFacts {
  /** The worst one. */
  readonly lag: number;
  /** The sum of all delays that were longer than an ordinary turn of the loop. */
  readonly lost: number;
}

/** The facts of the event loop that a time limit needs. */
export interface LostTime {
  /** Milliseconds for which this process has been stopped or busy so far. */
  readonly lost: number;
  /** True if the loop is late now, so that octets may have arrived that nobody has read yet. */
  readonly isLate: boolean;
}

/**
 * Records the delays of the event loop. All meters share one timer and its records, so thousands of meters cost no more
 * than one. The timer stops with the last meter.
 */
export class LagMeter implements LostTime, Disposable {
  readonly #since = performance.now();
  readonly #lostBefore: number;
  readonly #before: LagFacts;
  #stopped = false;

  /**
   * Starts measuring.
   *
   * @param before Delays of the same measurement that another meter recorded
   */
  constructor(before: LagFacts = { lag: 0, lost: 0 }) {
    this.#before = before;
    if (running++ === 0) {
      due = this.#since + TICK;
      callOff = callAfter(TICK, tick);
    }
    this.#lostBefore = lostBy(this.#since);
  }

  /** The delays so far. */
  get facts(): LagFacts {
    return { lag: this.worst, lost: this.lost };
  }

  /** See {@linkcode LostTime.lost}: the sum of all notable delays, including the current one. */
  get lost(): number {
    return this.#before.lost + lostBy(performance.now()) - this.#lostBefore;
  }

  /** See {@linkcode LostTime.isLate}. */
  get isLate(): boolean {
    return performance.now() - due > NOTABLE;
  }

  /** The worst delay so far in milliseconds, including the current one. */
  get worst(): number {
    return Math.max(this.#before.lag, this.worstSince(this.#since));
  }

  /**
   * The worst delay since a given moment in milliseconds, including the current one.
   *
   * @param moment `performance.now()`; a moment before the meter began gives the same as {@linkcode worst}
   */
  worstSince(moment: number): number {
    const since = Math.max(moment, this.#since);
    return Math.max(worstSeen(since), performance.now() - Math.max(due, since), 0);
  }

  /** Stops measuring. */
  [Symbol.dispose](): void {
    if (this.#stopped) return;
    this.#stopped = true;
    if (--running > 0) return;
    callOff?.();
    delays = [];
  }
}

function tick(): void {
  const at = performance.now();
  const delay = at - due;
  lostBefore = lostBy(at);
  due = at + TICK;
  callOff = callAfter(TICK, tick);
  if (delay <= 0) return;
  while (delays.length > 0 && delays[delays.length - 1]!.delay <= delay) delays.pop();
  delays.push({ at, delay });
}

/** Sum of all notable delays up to a moment, in milliseconds. The moment must not be before the last tick. */
function lostBy(moment: number): number {
  const late = moment - due;
  return lostBefore + (late > NOTABLE ? late : 0);
}

function worstSeen(moment: number): number {
  let from = 0;
  let to = delays.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (delays[middle]!.at < moment) from = middle + 1;
    else to = middle;
  }
  const worst = delays[from];
  // A meter that began in the middle of a delay saw the rest of it.
  return worst === undefined ? 0 : Math.min(worst.delay, worst.at - moment);
}
