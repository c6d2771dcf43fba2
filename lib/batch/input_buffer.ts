/**
 * Takes items from a synchronous or asynchronous iterable without waiting for them.
 *
 * @module
 */

/** Number of items to read ahead from an asynchronous source. */
const AT_HAND = 256;

/**
 * {@linkcode InputBuffer.take} returns this while no item is available. It is a symbol because any other value may be
 * an item.
 */
export const NOT_READY: unique symbol = Symbol("nothing");

/** Gives the items that have arrived and reads on in the background. A synchronous source is read only on demand. */
export class InputBuffer<T> {
  readonly #sync: Iterator<T> | undefined;
  readonly #async: AsyncIterator<T> | undefined;
  readonly #onItem: () => void;
  readonly #onError: (reason: unknown) => void;
  #items: T[] = [];
  #at = 0;
  #reading = false;
  #ended = false;

  /**
   * @param onItem Called when an item is available again after {@linkcode take} returned none, and at the end
   * @param onError Called when the source throws
   */
  constructor(items: Iterable<T> | AsyncIterable<T>, onItem: () => void, onError: (reason: unknown) => void) {
    if (Symbol.asyncIterator in items) this.#async = items[Symbol.asyncIterator]();
    else this.#sync = items[Symbol.iterator]();
    this.#onItem = onItem;
    this.#onError = onError;
  }

  /** True once the source has ended and every item was taken. */
  get done(): boolean {
    return this.#ended && this.#at === this.#items.length;
  }

  /** Returns the next item if it has arrived. */
  take(): T | typeof NOT_READY {
    if (this.#sync) return this.#takeNow(this.#sync);
    if (this.#at === this.#items.length) {
      this.#items = [];
      this.#at = 0;
    }
    if (!this.#reading && !this.#ended && this.#items.length < AT_HAND) void this.#readOn();
    // The item stays inside an array, so that it is recognised whatever its value.
    return this.#at < this.#items.length ? this.#items[this.#at++] as T : NOT_READY;
  }

  /** Tells the source that no more items are wanted. */
  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#sync?.return?.();
    // A generator that waits for input which never comes does not answer, so this call does not wait for it.
    this.#async?.return?.().catch(this.#onError);
  }

  #takeNow(source: Iterator<T>): T | typeof NOT_READY {
    if (this.#ended) return NOT_READY;
    try {
      const { done, value } = source.next();
      if (!done) return value;
    } catch (reason) {
      this.#onError(reason);
    }
    this.#ended = true;
    return NOT_READY;
  }

  async #readOn(): Promise<void> {
    this.#reading = true;
    try {
      while (!this.#ended && this.#items.length < AT_HAND) {
        const next = await this.#async!.next();
        if (next.done) this.#ended = true;
        else this.#items.push(next.value);
        if (next.done || this.#items.length - this.#at === 1) this.#onItem();
      }
    } catch (reason) {
      this.#ended = true;
      this.#onError(reason);
    } finally {
      this.#reading = false;
    }
  }
}
