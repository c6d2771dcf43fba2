/**
 * Reads a head or a trailer section line by line, however its octets are cut.
 *
 * @module
 */

import type { DeviationCode, Note } from "./deviation.ts";
import { type FieldLine, parseFieldLine, unfoldFieldLine } from "./field_line.ts";
import { beginningOf, isForeign, nameForeignProtocol, RECOGNISED_OCTETS } from "./foreign_protocol.ts";
import type { LimitFailure, ReaderLimits } from "./limits.ts";
import { decodeLatin1, isBlank } from "./octets.ts";
import { readPlainFieldLines } from "./plain_field_lines.ts";
import { isWholeStatusLine, parseStatusLine, type StatusLine } from "./status_line.ts";

/** So many octets are decoded at once: most heads are shorter, and of a body that follows little is decoded in vain. */
const WINDOW = 1024;

/** `fields`: those of a head whose first line was read elsewhere, and which counts from `limitStart` on. */
type SectionKind = "head" | "fields" | "trailers";

/**
 * A head (status-line, field lines, empty line) or a trailer section (field lines, empty line).
 *
 * The verdict depends on the octets only. So whatever can be told before the end of a line is told at a fixed octet: a
 * stream that is not HTTP at its fifth, a CR without LF at the octet after it, a limit at the first octet beyond it.
 */
export class SectionReader {
  statusLine: StatusLine | undefined;
  partialStatusLine: Partial<StatusLine> | undefined;
  readonly fields: FieldLine[] = [];
  /** Stream offset of each field line. */
  readonly fieldOffsets: number[] = [];
  /** Stream offset of the status-line, or of the section where there is none. */
  start: number;
  /** Stream offset after the octets read so far, held ones included. */
  offset: number;
  state: "reading" | "complete" | "failed" = "reading";
  limit: LimitFailure | undefined;

  readonly #isHead: boolean;
  readonly #name: string;
  readonly #note: Note;
  readonly #limits: ReaderLimits;
  /** Stream offset of the first octet beyond the limit. */
  readonly #limitOffset: number;
  /** What came of a line that has not ended. */
  #held = "";
  /** What was held ends in CR. */
  #heldCr = false;
  /** The first octets of what is held, as long as no status-line was read. */
  #beginning = "";

  constructor(kind: SectionKind, offset: number, note: Note, limits: ReaderLimits, limitStart = offset) {
    this.#isHead = kind === "head";
    this.#name = kind === "trailers" ? "trailer section" : "head";
    this.start = this.offset = offset;
    this.#limits = limits;
    this.#limitOffset = limitStart + limits.maxHead;
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

  /** The stream ended: notes `not-http` where what was held cannot become a status-line. */
  end(): void {
    if (this.state !== "reading" || !this.#isHead || this.statusLine) return;
    const beginning = beginningOf(this.#held.replace(/\r$/, ""));
    if (!"HTTP".startsWith(beginning.slice(0, 4).toUpperCase())) {
      this.#failForeign(beginning, this.offset - this.#held.length);
    }
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
      if (this.#held === "" && (this.statusLine || !this.#isHead)) {
        const room = this.#limits.maxFields - this.fields.length;
        at = readPlainFieldLines({ bytes, start, text }, this, { from: at, end: limit, base, room });
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
    const start = this.offset - this.#held.length;
    const endedInCr = this.#heldCr;
    const heldBefore = this.#held.length;
    this.#held += text;
    this.#heldCr = text.endsWith("\r");
    this.offset += text.length;
    if (this.#isHead && !this.statusLine) {
      this.#beginning = beginningOf(text, this.#beginning);
      if (isForeign(this.#beginning)) return this.#failForeign(this.#beginning, start);
    }
    // A CR within a beginning that is too short to be judged makes it one that is not HTTP.
    if (!this.#isHead || this.statusLine || this.#beginning.length === RECOGNISED_OCTETS) {
      if (endedInCr && text[0] !== "\n") return this.#failBareCr(this.#held, heldBefore - 1, start);
      const cr = text.search(/\r[^\n]/);
      if (cr !== -1) return this.#failBareCr(this.#held, heldBefore + cr, start);
    }
    if (this.offset > this.#limitOffset) {
      this.#passLimit(this.#limitOffset, `A ${this.#name} of more than ${this.#limits.maxHead} octets`);
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
    const isFirst = this.#isHead && !this.statusLine;
    if (isFirst && content !== "" && !line.startsWith("HTTP")) {
      const beginning = beginningOf(line);
      if (isForeign(beginning, true)) return this.#failForeign(beginning, offset);
    }
    const cr = content.indexOf("\r");
    if (cr !== -1) return this.#failBareCr(line, cr, offset);
    const read = isFirst ? this.#readStatusLine(content, offset) : this.#readFieldLine(content, offset);
    if (read && !hasCr) this.#note("bare-lf", offset + line.length, "LF without CR", line + "\n");
  }

  #readStatusLine(line: string, offset: number): boolean {
    if (line === "") {
      this.#note("leading-crlf", offset, "An empty line before the status-line");
      return true;
    }
    this.start = offset;
    const read = parseStatusLine(line, offset, this.#note);
    this.partialStatusLine = read;
    this.statusLine = isWholeStatusLine(read) ? read : undefined;
    if (!this.statusLine) this.state = "failed";
    return this.statusLine !== undefined;
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
    this.fieldOffsets.push(offset);
    return true;
  }

  #readFold(line: string, offset: number): boolean {
    const field = this.fields.at(-1);
    if (!field) {
      this.#fail("whitespace-before-first-header", offset, "Blanks before the first field line", line);
    } else if (!unfoldFieldLine(field, line, offset, this.#note)) this.state = "failed";
    return this.state === "reading";
  }

  #failBareCr(line: string, at: number, offset: number): void {
    const excerpt = line.slice(Math.max(0, at - 20), at + 2);
    this.#fail("bare-cr", offset + at, "CR that is not followed by LF", excerpt);
  }

  #failForeign(beginning: string, offset: number): void {
    const message = `No HTTP status-line: this looks like ${nameForeignProtocol(beginning)}`;
    this.#fail("not-http", offset, message, beginning);
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
