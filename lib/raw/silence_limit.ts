/**
 * The time for which a peer may be silent when it is its turn.
 *
 * @module
 */

/** Milliseconds of silence that end an exchange, and for the first octet, which may take a server longer. */
const WAIT = 2_000;
const FIRST_WAIT = 10_000;

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
    this.callAfter(this.#wait ?? (answered ? WAIT : FIRST_WAIT), exceeded);
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
