/**
 * Decodes the chunked transfer coding, up to the last-chunk line (RFC 9112 §7.1).
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import { ChunkLine } from "./chunk_line.ts";
import type { DeviationCode, Note } from "./deviation.ts";
import { FRAMING_ALLOWANCE, type LimitFailure, type ReaderLimits } from "./limits.ts";
import { CR, LF } from "./octets.ts";

type ChunkState = "line" | "data" | "data-cr" | "data-lf" | "last" | "failed";

/** Removes the framing of a chunked body, however the stream is cut. */
export class ChunkedDecoder {
  /** Data chunks so far, without the last-chunk. */
  chunks = 0;
  /** Octets of data so far. */
  bytes = 0;
  /** The limit that was exceeded. Every other fault goes to the {@linkcode Note}. */
  limit: LimitFailure | undefined;

  #state: ChunkState = "line";
  #remaining = 0;
  #framing = 0;
  readonly #line: ChunkLine;
  readonly #note: Note;
  readonly #limits: ReaderLimits;

  constructor(note: Note, limits: ReaderLimits) {
    this.#line = new ChunkLine(note, limits);
    this.#note = note;
    this.#limits = limits;
  }

  /** True once the last-chunk line was read; the trailer section follows. */
  get done(): boolean {
    return this.#state === "last";
  }

  /** True if a fatal deviation was noted or a limit was exceeded. */
  get failed(): boolean {
    return this.#state === "failed";
  }

  /**
   * Decodes a piece.
   *
   * @param bytes The piece
   * @param start Index of its first unread octet
   * @param offset Stream offset of `bytes[0]`
   * @param onData Receives each run of data as a view of `bytes`
   * @returns Index after the last octet that it consumed
   */
  receive(bytes: Uint8Array, start: number, offset: number, onData?: (data: Uint8Array) => void): number {
    let at = start;
    while (at < bytes.length) {
      switch (this.#state) {
        case "line":
          at = this.#receiveLine(bytes, at, offset);
          break;
        case "data": {
          const count = Math.min(this.#remaining, bytes.length - at);
          onData?.(bytes.subarray(at, at + count));
          this.bytes += count;
          this.#remaining -= count;
          at += count;
          if (this.#remaining === 0) this.#state = "data-cr";
          break;
        }
        case "data-cr":
        case "data-lf":
          this.#receiveDataEnd(this.#state, bytes[at]!, offset + at);
          at++;
          break;
        case "last":
        case "failed":
          return at;
      }
    }
    return at;
  }

  #receiveLine(bytes: Uint8Array, start: number, offset: number): number {
    const line = this.#line;
    const end = line.receive(bytes, start, offset);
    this.#framing += end - start;
    if (line.ended) this.#endLine(line);
    else if (line.failed) {
      this.limit = line.limit;
      this.#state = "failed";
    }
    return end;
  }

  #endLine(line: ChunkLine): void {
    if (line.size === 0) {
      this.#state = "last";
      return;
    }
    const allowed = FRAMING_ALLOWANCE + this.#limits.maxFramingRatio * this.bytes;
    if (this.#framing > allowed) {
      const framing = formatQuantity(this.#framing, "octet");
      const message = `${framing} of chunked framing around ${formatQuantity(this.bytes, "octet")} of data`;
      this.limit = { offset: line.offset, message };
      this.#state = "failed";
      return;
    }
    this.chunks++;
    this.#remaining = line.size;
    line.restart();
    this.#state = "data";
  }

  #receiveDataEnd(state: "data-cr" | "data-lf", octet: number, offset: number): void {
    this.#framing++;
    if (state === "data-cr") {
      if (octet === CR) this.#state = "data-lf";
      else if (octet === LF) {
        this.#fail("bare-lf-in-chunk", offset, "LF without CR after the data of a chunk");
      } else {
        const message = "No CRLF after the data of a chunk";
        this.#fail("chunk-data-not-terminated", offset, message, String.fromCharCode(octet));
      }
    } else if (octet === LF) this.#state = "line";
    else {
      const message = "No CRLF after the data of a chunk";
      this.#fail("chunk-data-not-terminated", offset - 1, message, `\r${String.fromCharCode(octet)}`);
    }
  }

  #fail(code: DeviationCode, offset: number, message: string, excerpt?: string): void {
    this.#state = "failed";
    this.#note(code, offset, message, excerpt);
  }
}
