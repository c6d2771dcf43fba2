/**
 * Limits how many targets are under way at once: fewer when this machine runs out of a resource, more again later.
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

/**
 * A machine that is too busy is mostly so for other reasons than ours: fewer targets at once help a little, but fewer than
 * these, or than half of what was asked for, do not.
 */
const LEAST_WHEN_STARVED = 32;
/** Share of the limit that is added after a trial where only time was short. */
const STEP_WHEN_STARVED = 8;

/** The limit, and the pause after a setback. */
export class ConcurrencyLimit {
  readonly #most: number;
  #limit: number;
  #epoch = 0;
  #setbacks = 0;
  #successes = 0;
  #trial = FIRST_TRIAL;
  #resumeAt = 0;
  #starved = false;

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
  noteExhaustion(epoch: number, active: number): boolean {
    if (!this.#isSetback(epoch)) return false;
    this.#starved = false;
    this.#trial = Math.min(this.#trial * 2, LONGEST_TRIAL);
    this.#limit = Math.max(1, Math.floor(Math.min(this.#limit, active) / 2));
    this.#resumeAt = performance.now() + Math.min(FIRST_PAUSE * 2 ** this.#setbacks, LONGEST_PAUSE);
    this.#setbacks++;
    return true;
  }

  /**
   * Takes note of a target for which this process had no time.
   *
   * @param epoch That in which the target was started
   * @param active Targets that were under way, this one included
   * @returns Whether the limit was lowered or a pause begun by it
   */
  noteStarvation(epoch: number, active: number): boolean {
    if (!this.#isSetback(epoch)) return false;
    this.#starved = true;
    const least = Math.min(LEAST_WHEN_STARVED, Math.ceil(this.#most / 2), this.#limit);
    this.#limit = Math.max(least, Math.floor((Math.min(this.#limit, active) * 3) / 4));
    this.#resumeAt = performance.now() + FIRST_PAUSE;
    return true;
  }

  /** Counts failures of one epoch once: a setback begins a new epoch and a new trial. */
  #isSetback(epoch: number): boolean {
    if (epoch !== this.#epoch) return false;
    this.#epoch++;
    this.#successes = 0;
    return true;
  }

  /** Takes note of a target that was measured. */
  noteSuccess(): void {
    this.#setbacks = 0;
    if (this.#limit === this.#most || ++this.#successes < (this.#starved ? FIRST_TRIAL : this.#trial)) return;
    this.#successes = 0;
    const step = this.#starved ? Math.ceil(this.#limit / STEP_WHEN_STARVED) : 1;
    this.#limit = Math.min(this.#most, this.#limit + step);
  }
}
