/**
 * Reads the line before the data of a chunk: its size and its extensions (RFC 9112 §7.1).
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import { noteChunkExtension } from "./chunk_extension.ts";
import type { DeviationCode, Note } from "./deviation.ts";
import type { LimitFailure, ReaderLimits } from "./limits.ts";
import { CR, decodeLatin1, isBlank, LF, SEMICOLON } from "./octets.ts";

type LineState = "start" | "size" | "extension" | "lf" | "ended" | "failed";

/** Reads chunk-size lines one after another, octet by octet, however the stream is cut. */
export class ChunkLine {
  /** Number of data octets that the line announces. */
  size = 0;
  /** Stream offset of the first octet of the line. */
  offset = 0;
  /** The limit that the line exceeded. Every other fault goes to the {@linkcode Note}. */
  limit: LimitFailure | undefined;

  #state: LineState = "start";
  #octets = 0;
  #extension = "";
  readonly #note: Note;
  readonly #limits: ReaderLimits;

  constructor(note: Note, limits: ReaderLimits) {
    this.#note = note;
    this.#limits = limits;
  }

  /** True once the LF of the line was read. */
  get ended(): boolean {
    return this.#state === "ended";
  }

  /** True if the line has a fatal fault or exceeded a limit. */
  get failed(): boolean {
    return this.#state === "failed";
  }

  /** Prepares for the next line. */
  restart(): void {
    this.#state = "start";
  }

  /**
   * Reads the next octets, at most to the end of the line.
   *
   * @param bytes A piece of the stream
   * @param start Index of its first unread octet
   * @param offset Stream offset of `bytes[0]`
   * @returns Index after the last octet that it consumed
   */
  receive(bytes: Uint8Array, start: number, offset: number): number {
    let at = start;
    while (at < bytes.length) {
      switch (this.#state) {
        case "start":
          this.#begin(bytes[at]!, offset + at);
          at++;
          break;
        case "size":
          this.#receiveSize(bytes[at]!, offset + at);
          at++;
          break;
        case "extension":
          at = this.#receiveExtension(bytes, at, offset);
          break;
        case "lf":
          this.#end(bytes[at]!, offset + at);
          return at + 1;
        case "ended":
        case "failed":
          return at;
      }
    }
    return at;
  }

  #begin(octet: number, offset: number): void {
    this.offset = offset;
    this.#octets = 0;
    const digit = hexDigit(octet);
    if (digit === -1) {
      const message = "A chunk must begin with a hexadecimal digit";
      return this.#fail("chunk-size-invalid", offset, message, String.fromCharCode(octet));
    }
    this.size = digit;
    this.#state = "size";
    this.#countOctets(1, offset);
  }

  #receiveSize(octet: number, offset: number): void {
    const digit = hexDigit(octet);
    if (digit !== -1) {
      this.size = this.size * 16 + digit;
      if (this.size > Number.MAX_SAFE_INTEGER) {
        return this.#fail("chunk-size-overflow", this.offset, "A chunk size above 2^53-1 octets");
      }
      return this.#countOctets(1, offset);
    }
    if (octet === CR) {
      this.#state = "lf";
      return;
    }
    if (octet === LF) return this.#fail("bare-lf-in-chunk", offset, "LF without CR after a chunk size");
    if (octet === SEMICOLON || isBlank(octet)) {
      this.#extension = String.fromCharCode(octet);
      this.#state = "extension";
      return this.#countOctets(1, offset);
    }
    const message = "A chunk size must end with CRLF, a blank or a semicolon";
    this.#fail("chunk-size-invalid", offset, message, String.fromCharCode(octet));
  }

  /** Collects the text between the size and CR or LF. */
  #receiveExtension(bytes: Uint8Array, start: number, offset: number): number {
    const room = this.#limits.maxChunkLine - this.#octets + 1;
    const stop = Math.min(bytes.length, start + room);
    let end = start;
    while (end < stop && bytes[end] !== CR && bytes[end] !== LF) end++;
    this.#extension += decodeLatin1(bytes, start, end);
    this.#countOctets(end - start, offset + end - 1);
    if (this.failed || end === bytes.length) return end;
    if (bytes[end] === CR) this.#state = "lf";
    else this.#fail("bare-lf-in-chunk", offset + end, "LF without CR after a chunk extension");
    return end + 1;
  }

  #end(octet: number, offset: number): void {
    if (octet !== LF) {
      const message = "CR without LF in a chunk-size line";
      return this.#fail("bare-cr-in-chunk", offset - 1, message, `\r${String.fromCharCode(octet)}`);
    }
    this.#state = "ended";
    if (this.#extension === "") return;
    const begin = this.offset + this.#octets - this.#extension.length;
    if (!noteChunkExtension(this.#extension, begin, this.#note)) this.#state = "failed";
    this.#extension = "";
  }

  #countOctets(count: number, offset: number): void {
    this.#octets += count;
    if (this.#octets <= this.#limits.maxChunkLine) return;
    const most = formatQuantity(this.#limits.maxChunkLine, "octet");
    this.limit = { offset, message: `A chunk-size line of more than ${most}` };
    this.#state = "failed";
  }

  #fail(code: DeviationCode, offset: number, message: string, excerpt?: string): void {
    this.#state = "failed";
    this.#note(code, offset, message, excerpt);
  }
}

function hexDigit(octet: number): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  const lower = octet | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
