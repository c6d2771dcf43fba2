/**
 * Limits how many targets run at once: fewer when this machine runs out of a resource, more again later.
 *
 * @module
 */

/** Milliseconds without a new start after a local fault. Each further fault in a row doubles them. */
const FIRST_PAUSE = 50;
/** A port is free again one minute after its connection closed (TIME_WAIT), so looking every few seconds is enough. */
const LONGEST_PAUSE = 5_000;
/**
 * Successes in a row before the limit rises by one. Each setback doubles the number, up to {@linkcode LONGEST_TRIAL}.
 */
const FIRST_TRIAL = 64;
const LONGEST_TRIAL = 8_192;

/**
 * If a machine is too busy, the cause is usually something other than this batch. Running fewer targets helps a little,
 * but going below this number, or below half of the requested concurrency, does not help.
 */
const LEAST_WHEN_STARVED = 32;
/** Share of the limit that is added after a trial in which only time was short. */
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

  /** @param most Highest number of targets at once, at least 1 */
  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  /** Number of targets that may run at once now. */
  get limit(): number {
    return this.#limit;
  }

  /** Changes with every setback. A target that started before the change says nothing about the new limit. */
  get epoch(): number {
    return this.#epoch;
  }

  /** No target may start before this time (`performance.now()`). */
  get resumeAt(): number {
    return this.#resumeAt;
  }

  /** Local faults since the last success; each epoch counts once. */
  get setbacks(): number {
    return this.#setbacks;
  }

  /**
   * Records a local fault.
   *
   * @param epoch Epoch in which the target started
   * @param active Number of running targets, including this one
   * @returns True if this call lowered the limit or began a pause
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
   * Records a target for which this process had no time.
   *
   * @param epoch Epoch in which the target started
   * @param active Number of running targets, including this one
   * @returns True if this call lowered the limit or began a pause
   */
  noteStarvation(epoch: number, active: number): boolean {
    if (!this.#isSetback(epoch)) return false;
    this.#starved = true;
    const least = Math.min(LEAST_WHEN_STARVED, Math.ceil(this.#most / 2), this.#limit);
    this.#limit = Math.max(least, Math.floor((Math.min(this.#limit, active) * 3) / 4));
    this.#resumeAt = performance.now() + FIRST_PAUSE;
    return true;
  }

  /** Counts the failures of one epoch once: a setback begins a new epoch and a new trial. */
  #isSetback(epoch: number): boolean {
    if (epoch !== this.#epoch) return false;
    this.#epoch++;
    this.#successes = 0;
    return true;
  }

  /** Records a target that was measured. */
  noteSuccess(): void {
    this.#setbacks = 0;
    if (this.#limit === this.#most || ++this.#successes < (this.#starved ? FIRST_TRIAL : this.#trial)) return;
    this.#successes = 0;
    const step = this.#starved ? Math.ceil(this.#limit / STEP_WHEN_STARVED) : 1;
    this.#limit = Math.min(this.#most, this.#limit + step);
  }
}
