/**
 * Finds octets in a stream that comes in pieces.
 *
 * @module
 */

import { Buffer } from "node:buffer";

/** Finds a sequence of octets, wherever the pieces are cut. */
export class OctetSearch {
  readonly #wanted: Uint8Array;
  #tail: Uint8Array = new Uint8Array();

  /** @param wanted At least one octet. */
  constructor(wanted: Uint8Array) {
    this.#wanted = wanted;
  }

  /**
   * Searches the next piece.
   *
   * @returns Number of octets of the piece up to the end of the first occurrence; −1 if it has not occurred
   */
  feed(piece: Uint8Array): number {
    const whole = new Uint8Array(this.#tail.length + piece.length);
    whole.set(this.#tail);
    whole.set(piece, this.#tail.length);
    const found = Buffer.from(whole.buffer).indexOf(this.#wanted);
    if (found !== -1) return found + this.#wanted.length - this.#tail.length;
    this.#tail = whole.slice(Math.max(0, whole.length - this.#wanted.length + 1));
    return -1;
  }
}
