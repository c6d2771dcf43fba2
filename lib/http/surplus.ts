/**
 * Octets that come when no response is expected (RFC 9112 §9.2).
 *
 * @module
 */

import { type Deviation, makeDeviation } from "./deviation.ts";
import { CR, decodeLatin1, LF } from "./octets.ts";

const EXCERPT = 61;

/** Counts surplus octets and says what they are; the verdict on all of them does not depend on the cuts. */
export class SurplusWatch {
  /** Octets so far. */
  bytes = 0;
  /** Other octets than CR and LF were among them. */
  hasData = false;

  #first = 0;
  #beginning = "";
  #afterClose = false;

  /** Takes note of octets after the last expected response. */
  receive(bytes: Uint8Array, start: number, offset: number, afterClose: boolean): void {
    if (this.bytes === 0) {
      this.#first = offset;
      this.#afterClose = afterClose;
    }
    this.bytes += bytes.length - start;
    if (this.#beginning.length < EXCERPT) {
      const end = Math.min(bytes.length, start + EXCERPT - this.#beginning.length);
      this.#beginning += decodeLatin1(bytes, start, end);
    }
    for (let i = start; i < bytes.length && !this.hasData; i++) {
      this.hasData = bytes[i] !== CR && bytes[i] !== LF;
    }
  }

  /** What the octets so far amount to. */
  get deviations(): Deviation[] {
    if (this.#beginning === "") return [];
    if (!this.hasData) {
      return [makeDeviation("excess-crlf", this.#first, "Line ends after the response", this.#beginning)];
    }
    return [
      this.#afterClose
        ? makeDeviation(
          "data-after-close",
          this.#first,
          "Octets after a response that ends the connection",
          this.#beginning,
        )
        : makeDeviation("excess-data", this.#first, "Octets after the end of the response", this.#beginning),
    ];
  }
}
