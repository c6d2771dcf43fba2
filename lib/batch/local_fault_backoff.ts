/**
 * Decides how long a target waits for a local fault to pass.
 *
 * @module
 */

/** After so many waits in which no target at all could be measured, the local fault is the outcome: about a minute and a half. */
const MAX_FAULTS = 12;
/** The same for a target that fails by a local fault while others do not. */
const MAX_FAULTS_ALONE = 40;
const FIRST_DELAY = 50;
const LONGEST_DELAY = 5_000;

/** The state of a target that waits. */
export interface BackoffState {
  /** Local faults so far. */
  localFaults: number;
  /** Targets that had been measured at the first of them. */
  measuredBefore: number;
}

/** Decides between a further wait and giving up. */
export class LocalFaultBackoff {
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
