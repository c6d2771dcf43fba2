/**
 * The time for which a peer may be silent when it is its turn.
 *
 * @module
 */

import { RAW_DEFAULTS } from "../probe/defaults.ts";

/** A timer that whatever is sent or received sets back. */
export class SilenceLimit {
  readonly #wait: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param wait Milliseconds; without it a first octet has longer than the next ones */
  constructor(wait: number | undefined) {
    this.#wait = wait;
  }

  /** Counts from now on. */
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
