/**
 * Spaces starts evenly in time.
 *
 * @module
 */

/** Timers fire a few milliseconds late. The schedule catches up this much; it drops anything missed before. */
const CATCH_UP = 20;

/** Gives each start its place in time. */
export class StartRate {
  readonly #interval: number;
  #next = -Infinity;

  /** @param perSecond Starts per second; `Infinity` for no limit */
  constructor(perSecond: number) {
    this.#interval = 1000 / perSecond;
  }

  /** Time of the next start (`performance.now()`), or `-Infinity` for an immediate one. */
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
