/**
 * Starts evenly spaced in time.
 *
 * @module
 */

/** Timers fire late by a few milliseconds; that much is caught up, whatever was missed before is let go. */
const CATCH_UP = 20;

/** Gives each start its place in time. */
export class StartRate {
  readonly #interval: number;
  #next = -Infinity;

  /** @param perSecond Starts a second; `Infinity` for as many as there are */
  constructor(perSecond: number) {
    this.#interval = 1000 / perSecond;
  }

  /** When the next start is due: `performance.now()`, or `-Infinity` for at once. */
  get dueAt(): number {
    return this.#interval === 0 ? -Infinity : this.#next;
  }

  /** Takes the next place. */
  take(now: number): void {
    if (this.#interval === 0) return;
    const place = this.#next === -Infinity ? now : Math.max(this.#next, now - CATCH_UP);
    this.#next = place + this.#interval;
  }
}
