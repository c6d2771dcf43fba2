/**
 * Puts lines together from pieces of a stream.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { LF } from "./octets.ts";

/**
 * Holds the part of a line that has come so far. A line that lies whole within one piece is never copied; one that
 * comes octet by octet is copied a bounded number of times, so the cost is linear in its length.
 */
export class LineAssembler {
  #held: Buffer = EMPTY;
  #length = 0;

  /** Octets held of a line that is not complete. */
  get length(): number {
    return this.#length;
  }

  /** The octets held; valid until the next call of {@linkcode hold}. */
  get held(): Buffer {
    return this.#held;
  }

  /** Index of the next LF in a piece, or −1. */
  static findLineEnd(bytes: Uint8Array, start: number): number {
    return bytes.indexOf(LF, start);
  }

  /** Adds octets to what is held. */
  hold(bytes: Uint8Array, start: number, end: number): void {
    const needed = this.#length + end - start;
    if (needed > this.#held.length) {
      const grown = Buffer.alloc(Math.max(256, needed, this.#held.length * 2));
      grown.set(this.#held.subarray(0, this.#length));
      this.#held = grown;
    }
    this.#held.set(bytes.subarray(start, end), this.#length);
    this.#length = needed;
  }

  /** Forgets what is held. */
  clear(): void {
    this.#length = 0;
  }
}

const EMPTY = Buffer.alloc(0);
