/**
 * Lets connections take turns, for servers that serve one at a time.
 *
 * @module
 */

import { sleep } from "../../time/sleep.ts";

/** A queue in which each waits for the one before to leave. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /**
   * Waits for the turn, at most for so many milliseconds or until the signal is aborted: whoever never leaves must not
   * stop those behind for ever.
   *
   * @returns Ends the turn; further calls do nothing
   */
  async next(most: number, signal: AbortSignal | undefined): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    const over = new AbortController();
    const signals = signal ? [signal, over.signal] : [over.signal];
    await Promise.race([before, sleep(most, AbortSignal.any(signals))]);
    over.abort();
    return resolve;
  }
}
