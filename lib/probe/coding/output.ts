/**
 * Takes what decoding gives, up to limits.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { callAfter } from "../../time/timer.ts";
import { CodingError } from "./coding_error.ts";

/**
 * How many times its coded size a content may have. Text shrinks to a tenth, and logs of equal lines seldom to less than
 * a hundredth; 1,032 is what deflate can do at most, and what is beyond 200 was made to fill memory.
 */
const MOST_GROWTH = 200;

/** Octets up to which growth is no matter: a small page of blanks is harmless. */
const HARMLESS = 1024 * 1024;

/** Milliseconds after which timers and other connections get their turn. */
const SLICE = 5;

/** The content to decode, and its limits. */
export interface OutputOptions {
  /** Name of the coding, for messages. */
  readonly name: string;
  /** Octets that came over the wire. */
  readonly codedBytes: number;
  /** Octets that the content may have. */
  readonly maxBody: number;
  /** Not all of the content was read, and not because the peer ended it. */
  readonly partial?: boolean | undefined;
}

/** Keeps decoded octets; throws if they exceed the limits. */
export class Output {
  readonly name: string;
  /** Octets so far. */
  bytes = 0;
  /** The octets so far. */
  readonly pieces: Uint8Array[] = [];

  /** That the coding has no end is no fault of the peer. */
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
   * Takes a piece, and gives the event loop a turn now and then.
   *
   * @throws {CodingError} If the content is too large, or grows beyond reason
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
          "as what is made to fill memory has",
      );
    }
    this.pieces.push(piece);
    await this.yield();
  }

  /** Gives the event loop a turn if it had none for a while. */
  async yield(): Promise<void> {
    if (performance.now() - this.#turnAt < SLICE) return;
    // With anything shorter than a timer Deno would not ask the system for what has arrived.
    await new Promise<void>((resolve) => callAfter(0, resolve));
    this.#turnAt = performance.now();
  }

  /** The size so far, in words. */
  get decoded(): string {
    return formatQuantity(this.bytes, "decoded octet");
  }

  /** The error that something follows the end of the coding. */
  followed(octets: number): CodingError {
    return this.error(
      `is followed by ${formatQuantity(octets, "octet that is", "octets that are")} no part of it`,
    );
  }

  /** The error that the coding has no end. */
  truncated(): CodingError {
    return this.error(
      this.partial
        ? `has no end in the part that was read, ${this.decoded}`
        : `is truncated after ${this.decoded}`,
    );
  }

  /** An error of this coding. */
  error(cause: string): CodingError {
    return new CodingError(`the ${this.name} coding ${cause}`);
  }
}
