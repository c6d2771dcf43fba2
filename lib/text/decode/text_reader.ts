/**
 * Decodes the bytes of a file to text, whatever editor or shell wrote it.
 *
 * @module
 */

import type { Decoded } from "./decoded.ts";
import { type Encoding, ENOUGH, readBeginning } from "./encoding_mark.ts";
import { EncodingError } from "./encoding_error.ts";
import { decodeUtf16 } from "./utf16.ts";
import { decodeUtf8, describeOctet } from "./utf8.ts";

/**
 * Decodes UTF-8, and UTF-16 with a byte order mark, which it leaves out of the text. The bytes may be cut
 * anywhere.
 *
 * @example Usage
 * ```ts
 * import { TextReader } from "./text_reader.ts";
 * import assert from "node:assert/strict";
 *
 * const reader = new TextReader();
 * assert.equal(reader.receive(Uint8Array.of(0xff, 0xfe, 0x61, 0)) + reader.receive(Uint8Array.of(0x62, 0)), "ab");
 * reader.end();
 * ```
 */
export class TextReader {
  #encoding: Encoding | undefined;
  #rest: Uint8Array = new Uint8Array();
  #lines = 0;
  #error: EncodingError | undefined;

  /** Description of the first fault in the bytes; decoding stops there. */
  get error(): EncodingError | undefined {
    return this.#error;
  }

  /** Adds bytes, and gives the text of all complete characters, up to a fault. */
  receive(octets: Uint8Array): string {
    const joined = this.#join(octets);
    if (this.#encoding === undefined && joined.length < ENOUGH) {
      this.#rest = joined.slice();
      return "";
    }
    return this.#decode(joined);
  }

  /** Ends the input, and gives the text of the bytes that were held back. */
  end(): string {
    const text = this.#encoding === undefined ? this.#decode(this.#rest) : "";
    const [first] = this.#rest;
    if (first === undefined) return text;
    const is = this.#encoding === "utf-8"
      ? `has ${describeOctet(first)}`
      : "ends in the middle of a character";
    this.#fail(`line ${this.#lines + 1} ${is}`);
    return text;
  }

  #join(octets: Uint8Array): Uint8Array {
    if (this.#rest.length === 0) return octets;
    const joined = new Uint8Array(this.#rest.length + octets.length);
    joined.set(this.#rest);
    joined.set(octets, this.#rest.length);
    return joined;
  }

  #decode(octets: Uint8Array): string {
    if (this.#error) return "";
    let from = 0;
    if (this.#encoding === undefined) {
      const beginning = readBeginning(octets);
      if ("cause" in beginning) return this.#fail(beginning.cause);
      this.#encoding = beginning.encoding;
      from = beginning.mark;
    }
    const { text, rest, fault } = decode(octets.subarray(from), this.#encoding);
    // A copy, not a view: the caller may reuse its buffer.
    this.#rest = rest.slice();
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#lines++;
    if (fault !== undefined) this.#fail(`line ${this.#lines + 1} has ${fault}`);
    return text;
  }

  #fail(message: string): "" {
    this.#rest = new Uint8Array();
    this.#error ??= new EncodingError(message);
    return "";
  }
}

function decode(octets: Uint8Array, encoding: Encoding): Decoded {
  switch (encoding) {
    case "utf-8":
      return decodeUtf8(octets);
    case "utf-16le":
      return decodeUtf16(octets, true);
    case "utf-16be":
      return decodeUtf16(octets, false);
  }
}

/**
 * Decodes the bytes of a whole file as {@linkcode TextReader} does.
 *
 * @throws {EncodingError} If they are not text in one of these encodings
 */
export function decodeText(octets: Uint8Array): string {
  const reader = new TextReader();
  const text = reader.receive(octets) + reader.end();
  if (reader.error) throw reader.error;
  return text;
}
