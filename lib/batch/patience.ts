/**
 * How long a target waits for a local fault to pass.
 *
 * @module
 */

/** After so many waits in which no target at all could be measured, the local fault is the outcome: about a minute and a half. */
const MOST_WAITS = 12;
/** The same for a target that fails by a local fault while others do not. */
const MOST_WAITS_ALONE = 40;
const FIRST_WAIT = 50;
const LONGEST_WAIT = 5_000;

/** What is kept for each target that waits. */
export interface Waiting {
  /** Local faults so far. */
  waits: number;
  /** Targets that had been measured at the first of them. */
  measuredBefore: number;
}

/** Decides between a further wait and giving up. */
export class Patience {
  #measured = 0;
  #gaveUpAt = -1;

  /** Takes note of a target that was measured: resources come free. */
  noteMeasured(): void {
    this.#measured++;
  }

  /**
   * Takes note of a local fault of a target.
   *
   * @returns Milliseconds until it is to be tried again, `undefined` to give it up. Once one was given up, others are at
   * once until some target can be measured again.
   */
  waitFor(target: Waiting): number | undefined {
    if (target.waits++ === 0) target.measuredBefore = this.#measured;
    const most = this.#measured > target.measuredBefore ? MOST_WAITS_ALONE : MOST_WAITS;
    if (this.#gaveUpAt === this.#measured || target.waits > most) {
      this.#gaveUpAt = this.#measured;
      return undefined;
    }
    return Math.min(FIRST_WAIT * 2 ** (target.waits - 1), LONGEST_WAIT);
  }
}
