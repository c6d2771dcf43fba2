/**
 * Collects decoded output, up to limits.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { callAfter } from "../../time/timer.ts";
import { CodingError } from "./coding_error.ts";

/**
 * Maximum ratio of decoded to coded size. Text shrinks to a tenth, and logs of equal lines seldom to less than a
 * hundredth. Deflate can reach 1,032; content above 200 was made to fill memory.
 */
const MOST_GROWTH = 200;

/** Size in bytes below which the ratio does not matter: a small page of blanks is harmless. */
const HARMLESS = 1024 * 1024;

/** Milliseconds of decoding after which timers and other connections get their turn. */
const SLICE = 5;

/** The content to decode, and its limits. */
export interface OutputOptions {
  /** Name of the coding, for messages. */
  readonly name: string;
  /** Octets that came on the wire. */
  readonly codedBytes: number;
  /** Maximum bytes of decoded content. */
  readonly maxBody: number;
  /** True if the content was not read to its end, and the peer did not end it. */
  readonly partial?: boolean | undefined;
}

/** Keeps decoded bytes; throws if they exceed the limits. */
export class Output {
  readonly name: string;
  /** Number of bytes so far. */
  bytes = 0;
  /** The bytes so far. */
  readonly pieces: Uint8Array[] = [];

  /** Ignores a coding without an end if the peer is not at fault. */
  readonly partial: boolean;

  readonly #codedBytes: number;
  readonly #maxBody: number;
  #turnAt = performance.now();

  constructor({ name, codedBytes, maxBody, partial = false }: OutputOptions) {
    this.name = name;
    this.partial = partial;
    this.#codedBytes = codedBytes;
    this.#maxBody = maxBody;
  }

  /**
   * Takes a piece, and lets the event loop run now and then.
   *
   * @throws {CodingError} If the content is too large, or its ratio is excessive
   */
  async take(piece: Uint8Array): Promise<void> {
    this.bytes += piece.length;
    if (this.bytes > this.#maxBody) {
      throw new CodingError(
        `decoded, it has more than ${formatQuantity(this.#maxBody, "octet")}, the limit for content`,
      );
    }
    if (this.bytes > HARMLESS && this.bytes > this.#codedBytes * MOST_GROWTH) {
      throw new CodingError(
        `decoded, it has more than ${MOST_GROWTH} times the ${
          formatQuantity(this.#codedBytes, "octet")
        } that came, ` +
          "which only content made to fill memory has",
      );
    }
    this.pieces.push(piece);
    await this.yield();
  }

  /** Lets the event loop run if it has not run for a while. */
  async yield(): Promise<void> {
    if (performance.now() - this.#turnAt < SLICE) return;
    // With anything shorter than a timer, Deno would not ask the system for arrived octets.
    await new Promise<void>((resolve) => callAfter(0, resolve));
    this.#turnAt = performance.now();
  }

  /** Formats the size so far. */
  get decoded(): string {
    return formatQuantity(this.bytes, "decoded octet");
  }

  /** Makes the error for bytes that follow the end of the coding. */
  followed(octets: number): CodingError {
    return this.error(
      `is followed by ${formatQuantity(octets, "octet that is", "octets that are")} no part of it`,
    );
  }

  /** Makes the error for a coding without an end. */
  truncated(): CodingError {
    return this.error(
      this.partial
        ? `has no end in the part that was read, ${this.decoded}`
        : `is truncated after ${this.decoded}`,
    );
  }

  /** Makes an error of this coding. */
  error(cause: string): CodingError {
    return new CodingError(`the ${this.name} coding ${cause}`);
  }
}
