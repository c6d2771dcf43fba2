/** When a check is due next. */
export interface Slot {
  /** On the clock that the slots were made with, in milliseconds. */
  readonly at: number;
  /** Slots that went by while the check was still running or could not be run. */
  readonly skipped: number;
}

/** A tenth of the interval, but no more than this many milliseconds. */
const MOST_JITTER = 10_000;

/**
 * The times at which a check is due: a grid from one start to the next, so that nothing drifts, with each start moved by
 * chance, so that checks of one interval do not run all at once.
 */
export class Slots {
  readonly #interval: number;
  readonly #start: number;
  readonly #random: () => number;
  #next = 0;

  /**
   * @param interval Milliseconds.
   * @param start The beginning of the first slot.
   * @param random From 0 to 1.
   */
  constructor(interval: number, start: number, random: () => number = Math.random) {
    this.#interval = interval;
    this.#start = start;
    this.#random = random;
  }

  /** Takes the next slot in which a start is still possible; that may have to be at once. */
  take(now: number): Slot {
    const window = Math.min(this.#interval / 10, MOST_JITTER);
    const first = Math.max(this.#next, Math.ceil((now - window - this.#start) / this.#interval));
    const skipped = first - this.#next;
    this.#next = first + 1;
    return { at: this.#start + first * this.#interval + this.#random() * window, skipped };
  }
}
