/**
 * Takes items from an iterable of either kind without waiting for them.
 *
 * @module
 */

/** Items of an asynchronous source to have at hand. */
const AT_HAND = 256;

/** The answer of {@linkcode InputBuffer.take} while no item is at hand; a value of its own, as any value may be an item. */
export const NOT_READY: unique symbol = Symbol("nothing");

/** A source that gives what is there and reads on in the background; a synchronous one is read when asked. */
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
   * @param onItem Called when there is something again after {@linkcode take} gave nothing, and at the end
   * @param onError Called when the source throws
   */
  constructor(items: Iterable<T> | AsyncIterable<T>, onItem: () => void, onError: (reason: unknown) => void) {
    if (Symbol.asyncIterator in items) this.#async = items[Symbol.asyncIterator]();
    else this.#sync = items[Symbol.iterator]();
    this.#onItem = onItem;
    this.#onError = onError;
  }

  /** The source has ended, and every item was taken. */
  get done(): boolean {
    return this.#ended && this.#at === this.#items.length;
  }

  /** The next item if it is there. */
  take(): T | typeof NOT_READY {
    if (this.#sync) return this.#takeNow(this.#sync);
    if (this.#at === this.#items.length) {
      this.#items = [];
      this.#at = 0;
    }
    if (!this.#reading && !this.#ended && this.#items.length < AT_HAND) void this.#readOn();
    // Within the list, so that it is one of them, whatever its value.
    return this.#at < this.#items.length ? this.#items[this.#at++] as T : NOT_READY;
  }

  /** Lets the source know that nothing more is wanted. */
  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#sync?.return?.();
    // A generator that waits for input that never comes does not answer; nobody waits for it.
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
