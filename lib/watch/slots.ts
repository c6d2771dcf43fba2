/** When a check is due next. */
export interface Slot {
  /** On the clock that the slots were made with, in milliseconds. */
  readonly at: number;
  /** Slots that went by while the check was still running or could not be run. */
  readonly skipped: number;
}

/** A tenth of the interval, but no more than this many milliseconds. */
const MOST_JITTER = 10_000;

/** The share of an interval over which checks that begin together spread from their second run on. */
const SPREAD = 0.5;

/**
 * The times at which a check is due: once at the beginning, and then on a grid from one start to the next, so that nothing
 * drifts. Grids of checks that begin together lie apart, and each start is moved by chance, so that checks of one interval
 * do not run all at once and measure each other.
 */
export class Slots {
  readonly #interval: number;
  readonly #start: number;
  /** The beginning of the grid: that of its slot 1. */
  readonly #grid: number;
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
    this.#grid = start + interval * (1 - SPREAD * random());
  }

  /** Takes the next slot in which a start is still possible; that may have to be at once. */
  take(now: number): Slot {
    const window = Math.min(this.#interval / 10, MOST_JITTER);
    const onGrid = Math.max(1, Math.ceil((now - window - this.#grid) / this.#interval) + 1);
    const first = this.#next === 0 && now - window <= this.#start ? 0 : Math.max(this.#next, onGrid);
    const skipped = first - this.#next;
    this.#next = first + 1;
    const begin = first === 0 ? this.#start : this.#grid + (first - 1) * this.#interval;
    return { at: begin + this.#random() * window, skipped };
  }
}
