/**
 * Reads one body by the framing that its head decided.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../text/count.ts";
import { ChunkedDecoder } from "./chunked.ts";
import type { Note } from "./deviation.ts";
import type { LimitFailure, ReaderLimits } from "./limits.ts";
import type { ParsedBody } from "./response.ts";
import { RunGatherer } from "./run_gatherer.ts";
import { SectionReader } from "./section_reader.ts";
import { isForbiddenTrailer } from "./trailers.ts";

/** Options of {@linkcode BodyReader}. */
export interface BodyReaderOptions {
  readonly note: Note;
  readonly limits: ReaderLimits;
  /** Receives the content as it arrives: a view of the received piece, or several short chunks joined. */
  readonly onData: ((data: Uint8Array) => void) | undefined;
}

/** Reads `content-length`, `until-close` and `chunked` bodies, and updates the given facts. */
export class BodyReader {
  /** True once the last octet of the body was read. An `until-close` body is complete only when the stream ends. */
  complete = false;
  limit: LimitFailure | undefined;
  /** Stream offset of the first octet after the head. */
  readonly start: number;

  readonly #body: ParsedBody;
  readonly #options: BodyReaderOptions;
  readonly #chunked: ChunkedDecoder | undefined;
  readonly #runs: RunGatherer | undefined;
  #trailers: SectionReader | undefined;

  constructor(body: ParsedBody, start: number, options: BodyReaderOptions) {
    this.#body = body;
    this.start = start;
    this.#options = options;
    if (body.framing !== "chunked") return;
    this.#chunked = new ChunkedDecoder(options.note, options.limits);
    if (options.onData) this.#runs = new RunGatherer(options.onData);
  }

  /** The framing of this body. */
  get framing(): ParsedBody["framing"] {
    return this.#body.framing;
  }

  /**
   * Reads the next octets of the body.
   *
   * @param bytes A piece of the stream
   * @param at Index of its first unread octet
   * @param base Stream offset of `bytes[0]`
   * @returns Index after the last octet that it consumed
   */
  receive(bytes: Uint8Array, at: number, base: number): number {
    if (this.#chunked) return this.#receiveChunked(this.#chunked, bytes, at, base);
    const body = this.#body;
    const missing = (body.expected ?? Infinity) - body.bytes;
    const count = Math.min(missing, bytes.length - at);
    this.#options.onData?.(count === bytes.length ? bytes : bytes.subarray(at, at + count));
    body.bytes += count;
    body.wireBytes += count;
    this.complete = count === missing;
    return at + count;
  }

  /** Notes how much is missing when the stream ends before the body. */
  noteTruncation(offset: number): void {
    const { framing, bytes, chunks, expected } = this.#body;
    if (framing === "content-length") {
      const message = `The stream ended in the body: ${formatCount(bytes)} of ${
        formatQuantity(expected ?? 0, "octet")
      } came`;
      return this.#options.note("truncated-body", offset, message);
    }
    const message = this.#chunked?.done
      ? "The stream ended after the last chunk, before the final CRLF"
      : `The stream ended in a chunked body, after ${formatQuantity(bytes, "octet")} in ${
        formatQuantity(chunks ?? 0, "chunk")
      }`;
    this.#options.note("truncated-chunked", offset, message);
  }

  #receiveChunked(chunked: ChunkedDecoder, bytes: Uint8Array, at: number, base: number): number {
    const { note, limits } = this.#options;
    const body = this.#body;
    const runs = this.#runs;
    let next = at;
    if (!chunked.done) {
      next = chunked.receive(bytes, at, base, runs && ((run) => runs.take(run)));
      runs?.flush();
      body.bytes = chunked.bytes;
      body.chunks = chunked.chunks;
      this.limit = chunked.limit;
    }
    if (chunked.done && next < bytes.length) {
      this.#trailers ??= new SectionReader("trailers", base + next, note, limits);
      next = this.#trailers.receive(bytes, next);
      body.trailers = this.#trailers.fields;
      this.limit = this.#trailers.limit;
    }
    body.wireBytes = base + next - this.start;
    if (this.#trailers?.state === "complete") {
      this.#noteTrailers(this.#trailers);
      this.complete = true;
    }
    return next;
  }

  #noteTrailers(section: SectionReader): void {
    const { note } = this.#options;
    if (section.fields.length > 0) {
      const names = section.fields.map(([name]) => name).join(", ");
      note("trailers", section.start, `Trailer fields: ${names}`);
    }
    section.fields.forEach(([name, value], i) => {
      if (!isForbiddenTrailer(name)) return;
      const offset = section.places.fieldOffsets[i]!;
      note("forbidden-trailer-field", offset, `${name} must not be a trailer field`, `${name}: ${value}`);
    });
  }
}
