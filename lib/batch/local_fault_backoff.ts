/**
 * Decides how long a target waits for a local fault to pass.
 *
 * @module
 */

/**
 * Number of waits, about a minute and a half in total, after which the local fault becomes the outcome if no target at
 * all could be measured.
 */
const MAX_FAULTS = 12;
/** The same limit for a target that keeps failing by a local fault while others do not. */
const MAX_FAULTS_ALONE = 40;
const FIRST_DELAY = 50;
const LONGEST_DELAY = 5_000;

/** The state of a waiting target. */
export interface BackoffState {
  /** Local faults of this target so far. */
  localFaults: number;
  /** Number of targets that had been measured at its first fault. */
  measuredBefore: number;
}

/** Decides between waiting again and giving up. */
export class LocalFaultBackoff {
  #measured = 0;
  #gaveUpAt = -1;

  /** Records a target that was measured: resources become free. */
  noteMeasured(): void {
    this.#measured++;
  }

  /**
   * Records a local fault of a target.
   *
   * @returns Milliseconds until the next try, or `undefined` to give up. Once one target was given up, the others are
   * given up immediately until some target can be measured again.
   */
  nextDelay(target: BackoffState): number | undefined {
    if (target.localFaults++ === 0) target.measuredBefore = this.#measured;
    const most = this.#measured > target.measuredBefore ? MAX_FAULTS_ALONE : MAX_FAULTS;
    if (this.#gaveUpAt === this.#measured || target.localFaults > most) {
      this.#gaveUpAt = this.#measured;
      return undefined;
    }
    return Math.min(FIRST_DELAY * 2 ** (target.localFaults - 1), LONGEST_DELAY);
  }
}
