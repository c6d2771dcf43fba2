/**
 * Measures how late the event loop is, and so how much of a measured time was lost on this machine.
 *
 * @module
 */

import { callAfter } from "./timer.ts";

/** Milliseconds between two looks at the clock. */
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
/** Milliseconds of all notable delays that are over. */
let lostBefore = 0;
/** Delays in the order of time, each larger than all after it: the first one since a moment is the worst since then. */
let delays: Delay[] = [];

/** The delays of the event loop during a measurement, in milliseconds. */
export interface LagFacts {
  /** The worst one. */
  readonly lag: number;
  /** The sum of all that were longer than an ordinary turn of the loop. */
  readonly lost: number;
}

/** The facts of the event loop that a time limit needs. */
export interface LostTime {
  /** Milliseconds in which this process was stopped or busy so far. */
  readonly lost: number;
  /** True if the loop is late now, so that octets may have arrived that nobody has read yet. */
  readonly isLate: boolean;
}

/**
 * Records the delays of the event loop while it runs. All meters share one timer, which stops with the last, and its
 * records: thousands of meters cost no more than one.
 */
export class LagMeter implements LostTime, Disposable {
  readonly #since = performance.now();
  readonly #lostBefore: number;
  readonly #before: LagFacts;
  #stopped = false;

  /**
   * Starts to watch.
   *
   * @param before Delays of the same measurement that another meter saw
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

  /** See {@linkcode LostTime.lost}: the sum of all notable delays, the one that is going on included. */
  get lost(): number {
    return this.#before.lost + lostBy(performance.now()) - this.#lostBefore;
  }

  /** See {@linkcode LostTime.isLate}. */
  get isLate(): boolean {
    return performance.now() - due > NOTABLE;
  }

  /** The worst delay so far in milliseconds, the one that is going on included. */
  get worst(): number {
    return Math.max(this.#before.lag, this.worstSince(this.#since));
  }

  /**
   * The worst delay since a later moment in milliseconds, the one that is going on included.
   *
   * @param moment `performance.now()`; before the meter began it is the same as {@linkcode worst}
   */
  worstSince(moment: number): number {
    const since = Math.max(moment, this.#since);
    return Math.max(worstSeen(since), performance.now() - Math.max(due, since), 0);
  }

  /** Stops to watch. */
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

/** Milliseconds of all notable delays until a moment that is not before the last tick. */
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
