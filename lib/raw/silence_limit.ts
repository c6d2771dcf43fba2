/**
 * Limits how long a peer may be silent when it is its turn.
 *
 * @module
 */

import { RAW_DEFAULTS } from "../probe/defaults.ts";

/** A timer that every sent or received octet resets. */
export class SilenceLimit {
  readonly #wait: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param wait Milliseconds; without it, the first octet may take longer than the next ones */
  constructor(wait: number | undefined) {
    this.#wait = wait;
  }

  /** Starts counting. */
  restart(answered: boolean, exceeded: () => void): void {
    this.callAfter(
      this.#wait ?? (answered ? RAW_DEFAULTS.silenceTimeout : RAW_DEFAULTS.firstSilenceTimeout),
      exceeded,
    );
  }

  /** Uses the timer for another limit. */
  callAfter(ms: number, exceeded: () => void): void {
    this.stop();
    this.#timer = setTimeout(exceeded, ms);
  }

  /** Stops counting. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
