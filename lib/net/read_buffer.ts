/**
 * Buffers to read into, small while answers are small and larger for a stream, used again where that is safe.
 *
 * @module
 */

/** Holds nearly every head, and most bodies, in one read; thousands of connections of it fit into memory. */
const SMALL = 16 * 1024;

/** From here on larger reads do not make a download faster. */
const LARGE = 256 * 1024;

/** 16 MiB of small buffers; further connections allocate their own. */
const MOST_KEPT = 1024;

const kept: Uint8Array<ArrayBuffer>[] = [];

/** The buffer of one connection. */
export class ReadBuffer {
  #buffer: Uint8Array<ArrayBuffer> | undefined;
  #filled = false;

  /** The buffer for the next read: a large one once a read has filled the small one. */
  get(): Uint8Array<ArrayBuffer> {
    if (this.#filled && this.#buffer?.length === SMALL) {
      this.release();
      this.#buffer = new Uint8Array(LARGE);
    }
    return this.#buffer ??= kept.pop() ?? new Uint8Array(SMALL);
  }

  /** The octets that a read put at the start of the buffer. */
  take(count: number): Uint8Array {
    const buffer = this.get();
    this.#filled = count === buffer.length;
    return buffer.subarray(0, count);
  }

  /** Gives the buffer up for other connections. Its octets must not be used any more. */
  release(): void {
    if (this.#buffer?.length === SMALL && kept.length < MOST_KEPT) kept.push(this.#buffer);
    this.#buffer = undefined;
  }
}
