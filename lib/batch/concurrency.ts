/**
 * How many targets may be under way at once: fewer when this machine runs out of something, more again later.
 *
 * @module
 */

/** Milliseconds without a new start after a local fault, doubled with every further one in a row. */
const FIRST_PAUSE = 50;
/** A port is free again a minute after its connection closed (TIME_WAIT); looking every few seconds is enough. */
const LONGEST_PAUSE = 5_000;
/** Successes in a row after which one more is tried; doubled with each setback, up to this. */
const FIRST_TRIAL = 64;
const LONGEST_TRIAL = 8_192;

/** The limit, and the pause after a setback. */
export class Concurrency {
  readonly #most: number;
  #limit: number;
  #epoch = 0;
  #setbacks = 0;
  #successes = 0;
  #trial = FIRST_TRIAL;
  #resumeAt = 0;

  /** @param most Targets at once at most, from 1 */
  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  /** Targets that may be under way at once now. */
  get limit(): number {
    return this.#limit;
  }

  /** Changes with every setback: what was started before it says nothing about the limit after it. */
  get epoch(): number {
    return this.#epoch;
  }

  /** No target may be started before this time (`performance.now()`). */
  get resumeAt(): number {
    return this.#resumeAt;
  }

  /** Local faults since the last success, each epoch counted once. */
  get setbacks(): number {
    return this.#setbacks;
  }

  /**
   * Takes note of a local fault.
   *
   * @param epoch That in which the target was started
   * @param active Targets that were under way, this one included
   * @returns Whether the limit was lowered or a pause begun by it
   */
  fault(epoch: number, active: number): boolean {
    if (epoch !== this.#epoch) return false;
    this.#epoch++;
    this.#successes = 0;
    this.#trial = Math.min(this.#trial * 2, LONGEST_TRIAL);
    this.#limit = Math.max(1, Math.floor(Math.min(this.#limit, active) / 2));
    this.#resumeAt = performance.now() + Math.min(FIRST_PAUSE * 2 ** this.#setbacks, LONGEST_PAUSE);
    this.#setbacks++;
    return true;
  }

  /** Takes note of a target that was measured. */
  success(): void {
    this.#setbacks = 0;
    if (this.#limit === this.#most || ++this.#successes < this.#trial) return;
    this.#successes = 0;
    this.#limit++;
  }
}
