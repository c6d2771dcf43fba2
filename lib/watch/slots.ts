/** The next start of a check. */
export interface Slot {
  /** Time of the start in milliseconds, on the clock that the slots use. */
  readonly at: number;
  /** Starts that were missed because the check was still running or the machine was asleep. */
  readonly skipped: number;
}

/** Jitter is a tenth of the interval, but never more than this many milliseconds. */
const MOST_JITTER = 10_000;

/** Share of an interval over which checks that began together spread their second runs. */
const SPREAD = 0.5;

/**
 * The schedule of a check: the first start, then a grid of one start per interval, so that nothing drifts. Each check
 * has a grid of its own and each start some jitter, so that checks with the same interval do not run at the same moment
 * and disturb each other.
 */
export class Slots {
  readonly #interval: number;
  readonly #start: number;
  /** Time of slot 1, where the grid begins. */
  readonly #grid: number;
  readonly #random: () => number;
  #next = 0;

  /**
   * Makes the schedule of one check.
   *
   * @param interval Milliseconds between starts
   * @param start Time of the first start
   * @param random Gives numbers from 0 to 1
   */
  constructor(interval: number, start: number, random: () => number = Math.random) {
    this.#interval = interval;
    this.#start = start;
    this.#random = random;
    this.#grid = start + interval * (1 - SPREAD * random());
  }

  /** Takes the next slot that is still possible; its time may be now. */
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
