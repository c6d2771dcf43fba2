/**
 * Lets connections take turns, for servers that serve one at a time.
 *
 * @module
 */

import { sleep } from "../../time/sleep.ts";

/** A queue in which each waits for the previous one to leave. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /**
   * Waits for the turn, for at most this many milliseconds or until the signal aborts: one that never leaves must not
   * block the others for ever.
   *
   * @returns A function that ends the turn; further calls do nothing
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
