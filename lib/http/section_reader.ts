/**
 * Reads a head or a trailer section line by line, however its octets are cut.
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import { type DeviationCode, excerptAround, type Note } from "./deviation.ts";
import { parseFieldLine, unfoldFieldLine, valueStart } from "./field_line.ts";
import { FieldPlaces } from "./field_places.ts";
import {
  beginningOf,
  isForeign,
  mayBegin,
  nameForeignProtocol,
  nameForeignRequest,
  type StartLineKind,
} from "./foreign_protocol.ts";
import type { LimitFailure, ReaderLimits } from "./limits.ts";
import { decodeLatin1, isBlank } from "./octets.ts";
import { readPlainFieldLines } from "./plain_field_lines.ts";
import { parseRequestLine, type RequestLine } from "./request_line.ts";
import { isWholeStatusLine, parseStatusLine, type StatusLine } from "./status_line.ts";

/** So many octets are decoded at once: most heads are shorter, and of a body that follows little is decoded in vain. */
const WINDOW = 1024;

/** A head is named after its start-line. */
type SectionKind = StartLineKind | "trailers";

/**
 * A head (start-line, field lines, empty line) or a trailer section (field lines, empty line).
 *
 * The verdict depends on the octets only. So whatever can be told before the end of a line is told at a fixed octet: a
 * stream that is not HTTP at its fifth, a CR without LF at the octet after it, a limit at the first octet beyond it.
 */
export class SectionReader {
  statusLine: StatusLine | undefined;
  partialStatusLine: Partial<StatusLine> | undefined;
  requestLine: RequestLine | undefined;
  readonly places = new FieldPlaces();
  readonly fields = this.places.fields;
  /** Stream offset of the start-line, or of the section where there is none. */
  start: number;
  /** Stream offset after the octets read so far, held ones included. */
  offset: number;
  state: "reading" | "complete" | "failed" = "reading";
  limit: LimitFailure | undefined;

  readonly #kind: SectionKind;
  /** The kind of the start-line, as long as it was not read. */
  #awaited: StartLineKind | undefined;
  readonly #note: Note;
  readonly #limits: ReaderLimits;
  /** Stream offset of the first octet beyond the limit. */
  #limitOffset: number;
  /** What came of a line that has not ended. */
  #held = "";
  /** What was held ends in CR. */
  #heldCr = false;
  /** The first octets of what is held, as long as no start-line was read. */
  #beginning = "";

  constructor(kind: SectionKind, offset: number, note: Note, limits: ReaderLimits) {
    this.#kind = kind;
    this.#awaited = kind === "trailers" ? undefined : kind;
    this.start = this.offset = offset;
    this.#limits = limits;
    this.#limitOffset = offset + limits.maxHead;
    this.#note = note;
  }

  /**
   * Reads on.
   *
   * @param bytes A piece of the stream
   * @param start Index of its first octet that is not yet read
   * @returns Index after the last octet that was used
   */
  receive(bytes: Uint8Array, start: number): number {
    let at = start;
    while (at < bytes.length && this.state === "reading") {
      // One octet beyond the limit is enough to know.
      const end = Math.min(bytes.length, at + WINDOW, at + this.#limitOffset - this.offset + 1);
      at = this.#receiveWindow(bytes, at, end);
    }
    return at;
  }

  /** Octets of a line that has not ended. */
  get heldLine(): string {
    return this.#held;
  }

  /** The stream ended: notes `not-http` where what was held cannot become a start-line. */
  end(): void {
    if (this.state !== "reading" || !this.#awaited) return;
    const beginning = beginningOf(this.#held.replace(/\r$/, ""));
    if (!mayBegin(this.#awaited, beginning)) this.#failForeign(beginning, this.#held, this.#heldOffset);
  }

  get #heldOffset(): number {
    return this.offset - this.#held.length;
  }

  /**
   * Reads the lines that end between two indices, and holds the rest.
   *
   * @returns Index after the last octet that was used
   */
  #receiveWindow(bytes: Uint8Array, start: number, end: number): number {
    const text = decodeLatin1(bytes, start, end);
    const base = this.offset - start;
    const limit = Math.min(end, this.#limitOffset - base);
    let at = start;
    while (this.state === "reading") {
      if (this.#held === "" && this.#awaited === undefined) {
        const room = this.#limits.maxFields - this.fields.length;
        at = readPlainFieldLines({ bytes, start, text }, this.places, { from: at, end: limit, base, room });
      }
      const lineEnd = text.indexOf("\n", at - start);
      if (lineEnd === -1 || start + lineEnd >= limit) {
        this.offset = base + at;
        this.#hold(text.slice(at - start));
        return end;
      }
      const line = text.slice(at - start, lineEnd);
      at = start + lineEnd + 1;
      this.offset = base + at;
      this.#receiveLine(line);
    }
    return at;
  }

  /** The beginning of a line whose end has not come: tells what can be told already. Never looks back, to be linear. */
  #hold(text: string): void {
    if (text === "") return;
    const start = this.#heldOffset;
    const heldBefore = this.#held.length;
    const found = this.#heldCr && text[0] !== "\n" ? -1 : text.search(/\r[^\n]/);
    const cr = this.#heldCr && text[0] !== "\n" || found !== -1 ? heldBefore + found : -1;
    this.#held += text;
    this.#heldCr = text.endsWith("\r");
    this.offset += text.length;
    if (cr !== -1 && this.#belongsToLine(this.#held, cr)) return this.#failBareCr(this.#held, cr, start);
    if (this.#awaited) {
      this.#beginning = beginningOf(text, this.#beginning);
      if (isForeign(this.#beginning, false, this.#awaited)) {
        return this.#failForeign(this.#beginning, this.#held, start);
      }
    }
    if (this.offset > this.#limitOffset) {
      const name = this.#kind === "trailers" ? "trailer section" : "head";
      this.#passLimit(
        this.#limitOffset,
        `A ${name} of more than ${formatQuantity(this.#limits.maxHead, "octet")}`,
      );
    }
  }

  /** The end of a line has come, without its LF; what was held of it stands before. */
  #receiveLine(rest: string): void {
    const line = this.#held + rest;
    const offset = this.offset - 1 - line.length;
    this.#held = this.#beginning = "";
    this.#heldCr = false;
    const hasCr = line.endsWith("\r");
    const content = hasCr ? line.slice(0, -1) : line;
    const cr = content.indexOf("\r");
    if (cr !== -1 && this.#belongsToLine(line, cr)) return this.#failBareCr(line, cr, offset);
    const awaited = this.#awaited;
    if (awaited && content !== "" && (awaited === "request-line" || !line.startsWith("HTTP"))) {
      const beginning = beginningOf(line);
      if (isForeign(beginning, true, awaited)) return this.#failForeign(beginning, line, offset);
    }
    const read = awaited
      ? this.#readStartLine(awaited, content, offset)
      : this.#readFieldLine(content, offset);
    if (read && !hasCr) {
      const text = line + "\n";
      this.#note("bare-lf", offset + line.length, "LF without CR", excerptAround(text, line.length));
    }
  }

  /** Whether a CR without LF is one of a line of HTTP, and not of a protocol that is none. */
  #belongsToLine(line: string, cr: number): boolean {
    return !this.#awaited || mayBegin(this.#awaited, beginningOf(line.slice(0, cr)));
  }

  #readStartLine(kind: StartLineKind, line: string, offset: number): boolean {
    if (line === "") {
      this.#note("leading-crlf", offset, `An empty line before the ${kind}`);
      // A capture of requests has an end, so a limit on empty lines guards nothing.
      if (kind === "request-line") this.#limitOffset = this.offset + this.#limits.maxHead;
      return true;
    }
    this.start = offset;
    if (kind === "request-line") this.requestLine = parseRequestLine(line, offset, this.#note);
    else {
      const read = parseStatusLine(line, offset, this.#note);
      this.partialStatusLine = read;
      this.statusLine = isWholeStatusLine(read) ? read : undefined;
    }
    const isRead = this.statusLine !== undefined || this.requestLine !== undefined;
    if (isRead) this.#awaited = undefined;
    else this.state = "failed";
    return isRead;
  }

  #readFieldLine(line: string, offset: number): boolean {
    if (line === "") {
      this.state = "complete";
      return true;
    }
    if (isBlank(line.charCodeAt(0))) return this.#readFold(line, offset);
    if (this.fields.length >= this.#limits.maxFields) {
      this.#passLimit(offset, `More than ${this.#limits.maxFields} field lines`);
      return false;
    }
    const field = parseFieldLine(line, offset, this.#note);
    if (!field) {
      this.state = "failed";
      return false;
    }
    this.fields.push(field);
    this.places.fieldOffsets.push(offset);
    this.places.placeValue(offset + valueStart(line));
    return true;
  }

  #readFold(line: string, offset: number): boolean {
    const field = this.fields.at(-1);
    if (!field) {
      this.#fail("whitespace-before-first-header", offset, "Blanks before the first field line", line);
    } else {
      const before = field[1];
      if (!unfoldFieldLine(field, line, offset, this.#note)) this.state = "failed";
      const at = before === "" ? 0 : before.length + 1;
      if (field[1].length > at) this.places.placeFold(at, offset + line.search(/[^ \t]/));
    }
    return this.state === "reading";
  }

  #failBareCr(line: string, at: number, offset: number): void {
    const excerpt = line.slice(Math.max(0, at - 20), at + 2);
    this.#fail("bare-cr", offset + at, "CR that is not followed by LF", excerpt);
  }

  #failForeign(beginning: string, line: string, offset: number): void {
    const kind = this.#awaited!;
    const name = kind === "status-line" ? nameForeignProtocol(beginning) : nameForeignRequest(beginning);
    const blanks = Math.max(0, line.search(/[^ \t\v\f]/));
    this.#fail("not-http", offset + blanks, `No HTTP ${kind}: this looks like ${name}`, beginning);
  }

  #passLimit(offset: number, message: string): void {
    this.limit = { offset, message };
    this.state = "failed";
  }

  #fail(code: DeviationCode, offset: number, message: string, excerpt: string): void {
    this.state = "failed";
    this.#note(code, offset, message, excerpt);
  }
}
