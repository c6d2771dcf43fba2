/**
 * The chunked transfer coding, up to the last-chunk line (RFC 9112 §7.1).
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import { noteChunkExtension } from "./chunk_extension.ts";
import type { DeviationCode, Note } from "./deviation.ts";
import { CR, decodeLatin1, isBlank, LF, SEMICOLON } from "./octets.ts";
import { FRAMING_ALLOWANCE, type LimitFailure, type ReaderLimits } from "./limits.ts";

type ChunkState =
  | "size-start"
  | "size"
  | "extension"
  | "size-lf"
  | "data"
  | "data-cr"
  | "data-lf"
  | "last"
  | "failed";

/** Takes the framing off a chunked body, octet by octet, whatever the cuts. */
export class ChunkedDecoder {
  /** Data chunks so far, the last-chunk not counted. */
  chunks = 0;
  /** Octets of data so far. */
  bytes = 0;
  /** Set when a limit was passed; {@linkcode Note} is told of everything else that is fatal. */
  limit: LimitFailure | undefined;

  #state: ChunkState = "size-start";
  #size = 0;
  #remaining = 0;
  #lineOctets = 0;
  #lineOffset = 0;
  #extension = "";
  #framing = 0;
  readonly #note: Note;
  readonly #limits: ReaderLimits;

  constructor(note: Note, limits: ReaderLimits) {
    this.#note = note;
    this.#limits = limits;
  }

  /** The last-chunk line was read: the trailer section follows. */
  get done(): boolean {
    return this.#state === "last";
  }

  /** Something fatal was noted, or a limit was passed. */
  get failed(): boolean {
    return this.#state === "failed";
  }

  /**
   * Decodes a piece.
   *
   * @param bytes The piece
   * @param start Index of its first octet that is not yet read
   * @param offset Stream offset of `bytes[0]`
   * @param onData Given each run of data as a view of `bytes`
   * @returns Index after the last octet that was used
   */
  receive(bytes: Uint8Array, start: number, offset: number, onData?: (data: Uint8Array) => void): number {
    let at = start;
    while (at < bytes.length && !this.done && !this.failed) {
      if (this.#state === "data") {
        const count = Math.min(this.#remaining, bytes.length - at);
        onData?.(bytes.subarray(at, at + count));
        this.bytes += count;
        this.#remaining -= count;
        at += count;
        if (this.#remaining === 0) this.#state = "data-cr";
        continue;
      }
      if (this.#state === "extension") {
        at = this.#receiveExtension(bytes, at, offset);
        continue;
      }
      this.#receiveOctet(bytes[at]!, offset + at);
      at++;
    }
    return at;
  }

  #receiveOctet(octet: number, offset: number): void {
    this.#framing++;
    switch (this.#state) {
      case "size-start": {
        this.#lineOffset = offset;
        this.#lineOctets = 0;
        const digit = hexDigit(octet);
        if (digit === -1) {
          return this.#fail(
            "chunk-size-invalid",
            offset,
            "A chunk must begin with a hexadecimal digit",
            octet,
          );
        }
        this.#size = digit;
        this.#state = "size";
        return this.#countLineOctets(1, offset);
      }
      case "size":
        return this.#receiveSize(octet, offset);
      case "size-lf":
        if (octet === LF) return this.#endSizeLine();
        return this.#fail(
          "bare-cr-in-chunk",
          offset - 1,
          "CR not before LF in a chunk-size line",
          afterCr(octet),
        );
      case "data-cr":
        if (octet === CR) this.#state = "data-lf";
        else if (octet === LF) {
          this.#fail("bare-lf-in-chunk", offset, "LF without CR after the data of a chunk");
        } else this.#fail("chunk-data-not-terminated", offset, "No CRLF after the data of a chunk", octet);
        return;
      case "data-lf":
        if (octet === LF) this.#state = "size-start";
        else {
          const message = "No CRLF after the data of a chunk";
          this.#fail("chunk-data-not-terminated", offset - 1, message, afterCr(octet));
        }
        return;
      case "extension":
      case "data":
      case "last":
      case "failed":
        return;
    }
  }

  #receiveSize(octet: number, offset: number): void {
    const digit = hexDigit(octet);
    if (digit !== -1) {
      this.#size = this.#size * 16 + digit;
      if (this.#size > Number.MAX_SAFE_INTEGER) {
        return this.#fail("chunk-size-overflow", this.#lineOffset, "A chunk size above 2^53-1 octets");
      }
      return this.#countLineOctets(1, offset);
    }
    if (octet === CR) {
      this.#state = "size-lf";
      return;
    }
    if (octet === LF) return this.#fail("bare-lf-in-chunk", offset, "LF without CR after a chunk size");
    if (octet === SEMICOLON || isBlank(octet)) {
      this.#extension = String.fromCharCode(octet);
      this.#state = "extension";
      return this.#countLineOctets(1, offset);
    }
    this.#fail("chunk-size-invalid", offset, "A chunk size is followed by something else", octet);
  }

  /** Gathers what follows the size up to CR or LF. */
  #receiveExtension(bytes: Uint8Array, start: number, offset: number): number {
    const room = this.#limits.maxChunkLine - this.#lineOctets + 1;
    const stop = Math.min(bytes.length, start + room);
    let end = start;
    while (end < stop && bytes[end] !== CR && bytes[end] !== LF) end++;
    this.#extension += decodeLatin1(bytes, start, end);
    this.#framing += end - start;
    this.#countLineOctets(end - start, offset + end - 1);
    if (this.failed || end === bytes.length) return end;
    this.#framing++;
    if (bytes[end] === CR) this.#state = "size-lf";
    else this.#fail("bare-lf-in-chunk", offset + end, "LF without CR after a chunk extension");
    return end + 1;
  }

  #endSizeLine(): void {
    if (this.#extension !== "") {
      this.#readExtension(this.#extension);
      if (this.failed) return;
      this.#extension = "";
    }
    if (this.#size === 0) {
      this.#state = "last";
      return;
    }
    const allowed = FRAMING_ALLOWANCE + this.#limits.maxFramingRatio * this.bytes;
    if (this.#framing > allowed) {
      return this.#passLimit(
        this.#lineOffset,
        `${formatQuantity(this.#framing, "octet")} of chunked framing around ${
          formatQuantity(this.bytes, "octet")
        } of data`,
      );
    }
    this.chunks++;
    this.#remaining = this.#size;
    this.#state = "data";
  }

  #readExtension(extension: string): void {
    const offset = this.#lineOffset + this.#lineOctets - extension.length;
    if (!noteChunkExtension(extension, offset, this.#note)) this.#state = "failed";
  }

  #countLineOctets(count: number, offset: number): void {
    this.#lineOctets += count;
    if (this.#lineOctets > this.#limits.maxChunkLine) {
      this.#passLimit(
        offset,
        `A chunk-size line of more than ${formatQuantity(this.#limits.maxChunkLine, "octet")}`,
      );
    }
  }

  #passLimit(offset: number, message: string): void {
    this.limit = { offset, message };
    this.#state = "failed";
  }

  #fail(code: DeviationCode, offset: number, message: string, found?: number | string): void {
    this.#state = "failed";
    this.#note(code, offset, message, typeof found === "number" ? String.fromCharCode(found) : found);
  }
}

function afterCr(octet: number): string {
  return `\r${String.fromCharCode(octet)}`;
}

function hexDigit(octet: number): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  const lower = octet | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
