/**
 * Provides read buffers: small for small answers, larger for a stream, and reused where that is safe.
 *
 * @module
 */

/**
 * Holds nearly every head and most bodies in one read; memory has room for such buffers of thousands of connections.
 */
const SMALL = 16 * 1024;

/** Reads larger than this do not make a download faster. */
const LARGE = 256 * 1024;

/** 16 MiB of small buffers; further connections allocate their own. */
const MOST_KEPT = 1024;

const kept: Uint8Array<ArrayBuffer>[] = [];

/** The read buffer of one connection. */
export class ReadBuffer {
  #buffer: Uint8Array<ArrayBuffer> | undefined;
  #filled = false;

  /** Gives the buffer for the next read: a large one once a read has filled the small one. */
  get(): Uint8Array<ArrayBuffer> {
    if (this.#filled && this.#buffer?.length === SMALL) {
      this.release();
      this.#buffer = new Uint8Array(LARGE);
    }
    return this.#buffer ??= kept.pop() ?? new Uint8Array(SMALL);
  }

  /** Gives the octets that a read put at the start of the buffer. */
  take(count: number): Uint8Array {
    const buffer = this.get();
    this.#filled = count === buffer.length;
    return buffer.subarray(0, count);
  }

  /** Releases the buffer for other connections. Its octets must not be used after that. */
  release(): void {
    if (this.#buffer?.length === SMALL && kept.length < MOST_KEPT) kept.push(this.#buffer);
    this.#buffer = undefined;
  }
}
