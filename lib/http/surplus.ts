/**
 * Judges octets that arrive when no response is expected (RFC 9112 §9.2).
 *
 * @module
 */

import { type Deviation, makeDeviation } from "./deviation.ts";
import { CR, decodeLatin1, LF } from "./octets.ts";

const EXCERPT = 61;

/**
 * The reason why octets belong to no response: another protocol has begun, the connection should have closed after the
 * last response, no request was sent yet, or none of these.
 */
export type SurplusReason = "switched" | "closed" | "early" | "unexpected";

/** Counts and judges surplus octets. The verdict does not depend on how the stream was cut. */
export class SurplusWatch {
  /** Octets so far. */
  bytes = 0;
  /** True if octets other than CR and LF were among them. */
  hasData = false;

  #beginning = "";
  readonly #start: number;
  readonly #reason: SurplusReason;

  /**
   * @param start Stream offset of the first octet
   * @param reason Why they are surplus
   */
  constructor(start: number, reason: SurplusReason) {
    this.#start = start;
    this.#reason = reason;
  }

  /**
   * Counts octets.
   *
   * @param bytes A piece of the stream
   * @param start Index of the first surplus octet
   */
  receive(bytes: Uint8Array, start: number): void {
    this.bytes += bytes.length - start;
    if (this.#beginning.length < EXCERPT) {
      const end = Math.min(bytes.length, start + EXCERPT - this.#beginning.length);
      this.#beginning += decodeLatin1(bytes, start, end);
    }
    for (let i = start; i < bytes.length && !this.hasData; i++) {
      this.hasData = bytes[i] !== CR && bytes[i] !== LF;
    }
  }

  /** Makes the deviation of the octets so far. */
  get deviations(): Deviation[] {
    // RFC 9110 §15.2.2, §9.3.6: the octets belong to another protocol.
    if (this.#reason === "switched") return [];
    const make = (code: "excess-crlf" | "data-after-close" | "excess-data", message: string): Deviation[] => [
      makeDeviation(code, this.#start, message, this.#beginning),
    ];
    const place = this.#reason === "early" ? "before the first request" : "after the response";
    if (!this.hasData) return make("excess-crlf", `Line ends ${place}`);
    if (this.#reason === "early") return make("excess-data", `Octets ${place}`);
    if (this.#reason === "unexpected") return make("excess-data", "Octets after the end of the response");
    return make("data-after-close", "Octets after a response that ends the connection");
  }
}
