/**
 * Watches how late the event loop is: what a measurement owes to our own slowness.
 *
 * @module
 */

import { callAfter } from "./timer.ts";

/** Milliseconds between two looks at the clock. */
const TICK = 20;

/** A delay that was seen, and when. */
interface Delay {
  readonly at: number;
  readonly delay: number;
}

let running = 0;
let callOff: (() => void) | undefined;
let due = 0;
/** Delays in the order of time, each larger than all after it: the first one since a moment is the worst since then. */
let delays: Delay[] = [];

/**
 * Records the worst delay of the event loop while it runs. All meters share one timer, which stops with the last, and
 * what the timer saw: thousands of meters cost no more than one.
 */
export class LagMeter implements Disposable {
  readonly #since = performance.now();
  #stopped = false;

  /** Starts to watch. */
  constructor() {
    if (running++ > 0) return;
    due = this.#since + TICK;
    callOff = callAfter(TICK, tick);
  }

  /** The worst delay so far in milliseconds, the one that is going on included. */
  get worst(): number {
    return this.worstSince(this.#since);
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
  due = at + TICK;
  callOff = callAfter(TICK, tick);
  if (delay <= 0) return;
  while (delays.length > 0 && delays[delays.length - 1]!.delay <= delay) delays.pop();
  delays.push({ at, delay });
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
