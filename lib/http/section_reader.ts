/**
 * Reads a head or a trailer section line by line, however its octets are cut.
 *
 * @module
 */

import type { Buffer } from "node:buffer";
import type { Note } from "./deviation.ts";
import { type FieldLine, noteFieldValue, parseFieldLine } from "./field_line.ts";
import { nameForeignProtocol, RECOGNISED_OCTETS } from "./foreign_protocol.ts";
import type { LimitFailure } from "./chunked.ts";
import type { ReaderLimits } from "./limits.ts";
import { LineAssembler } from "./line_assembler.ts";
import { CR, isBlank, LF, trimOws } from "./octets.ts";
import { parseStatusLine, type StatusLine } from "./status_line.ts";

/**
 * A head (status-line, field lines, empty line) or a trailer section (field lines, empty line).
 *
 * The verdict depends on the octets only. So whatever can be told before the end of a line is told at a fixed octet: a
 * stream that is not HTTP at its fifth, a CR without LF at the octet after it, a limit at the first octet beyond it.
 */
export class SectionReader {
  statusLine: StatusLine | undefined;
  readonly fields: FieldLine[] = [];
  /** Stream offset of each field line. */
  readonly fieldOffsets: number[] = [];
  /** Octets read so far, held ones included. */
  octets = 0;
  /** Stream offset of the status-line, or of the section where there is none. */
  start: number;
  state: "reading" | "complete" | "failed" = "reading";
  limit: LimitFailure | undefined;

  readonly #first: number;
  readonly #isHead: boolean;
  readonly #note: Note;
  readonly #limits: ReaderLimits;
  readonly #lines = new LineAssembler();
  #scanned = 0;

  constructor(kind: "head" | "trailers", offset: number, note: Note, limits: ReaderLimits) {
    this.#isHead = kind === "head";
    this.#first = offset;
    this.start = offset;
    this.#limits = limits;
    this.#note = note;
  }

  /**
   * Reads on.
   *
   * @param bytes A piece of the stream
   * @param start Index of its first octet that is not yet read
   * @returns Index after the last octet that was used
   */
  receive(bytes: Buffer, start: number): number {
    let at = start;
    while (at < bytes.length && this.state === "reading") {
      const lineEnd = bytes.indexOf(LF, at);
      const stop = lineEnd === -1 ? bytes.length : lineEnd + 1;
      const room = this.#limits.maxHead - this.octets;
      if (lineEnd !== -1 && this.#lines.length === 0 && stop - at <= room) {
        const offset = this.#first + this.octets;
        this.octets += stop - at;
        this.#receiveLine(bytes, at, lineEnd, offset);
        at = stop;
      } else {
        // One octet beyond the limit is enough to know.
        const taken = Math.min(stop, at + room + 1);
        this.#holdLine(bytes, at, taken, taken === stop && lineEnd !== -1);
        at = taken;
      }
    }
    return at;
  }

  /** The stream ended: notes `not-http` where what was held cannot become a status-line. */
  end(): void {
    if (this.state !== "reading" || !this.#isHead || this.statusLine) return;
    const { held, length } = this.#lines;
    const end = length > 0 && held[length - 1] === CR ? length - 1 : length;
    const beginning = this.#beginning(held, 0, end);
    if (!"HTTP".startsWith(beginning.slice(0, 4).toUpperCase())) {
      this.#failForeign(beginning, this.#first + this.octets - length);
    }
  }

  #holdLine(bytes: Buffer, start: number, end: number, complete: boolean): void {
    this.#lines.hold(bytes, start, end);
    this.octets += end - start;
    const { held, length } = this.#lines;
    const offset = this.#first + this.octets - length;
    const over = this.octets > this.#limits.maxHead;
    if (complete && !over) {
      this.#forgetLine();
      this.#receiveLine(held, 0, length - 1, offset);
      return;
    }
    if (
      this.#checkBeginning(held, 0, length, false, offset) && this.#checkBareCr(held, length, offset) && over
    ) {
      const section = this.#isHead ? "head" : "trailer section";
      this.#passLimit(
        this.#first + this.#limits.maxHead,
        `A ${section} of more than ${this.#limits.maxHead} octets`,
      );
    }
  }

  #forgetLine(): void {
    this.#lines.clear();
    this.#scanned = 0;
  }

  /** A CR in a line that has not ended, followed by something other than LF. */
  #checkBareCr(held: Buffer, length: number, offset: number): boolean {
    // What may still be an odd beginning is judged before its CRs, for the same verdict however it is cut.
    if (this.#isHead && !this.statusLine && !this.#canJudgeBeginning(held, 0, length)) return true;
    for (let at = held.indexOf(CR, this.#scanned); at !== -1 && at < length; at = held.indexOf(CR, at + 1)) {
      this.#scanned = at;
      if (at + 1 >= length) return true;
      if (held[at + 1] !== LF) return this.#failBareCr(held, 0, length, at, offset);
    }
    this.#scanned = length;
    return true;
  }

  #failBareCr(line: Buffer, start: number, end: number, at: number, offset: number): false {
    const from = Math.max(start, at - 20);
    const excerpt = line.toString("latin1", from, Math.min(end, at + 2));
    return this.#fail("bare-cr", offset + at - start, "CR that is not followed by LF", excerpt);
  }

  /** One whole line: `line[start]` up to the LF at `lineEnd`. */
  #receiveLine(line: Buffer, start: number, lineEnd: number, offset: number): void {
    const hasCr = lineEnd > start && line[lineEnd - 1] === CR;
    const end = hasCr ? lineEnd - 1 : lineEnd;
    if (end > start && !this.#checkBeginning(line, start, lineEnd, true, offset)) return;
    const cr = line.indexOf(CR, start);
    if (cr !== -1 && cr < end) {
      this.#failBareCr(line, start, lineEnd, cr, offset);
      return;
    }
    const read = this.#isHead && !this.statusLine
      ? this.#readStatusLine(line, start, end, offset)
      : this.#readFieldLine(line, start, end, offset);
    if (read && !hasCr) {
      this.#note(
        "bare-lf",
        offset + lineEnd - start,
        "LF without CR",
        line.toString("latin1", start, lineEnd + 1),
      );
    }
  }

  #readStatusLine(line: Buffer, start: number, end: number, offset: number): boolean {
    if (start === end) {
      this.#note("leading-crlf", offset, "An empty line before the status-line");
      return true;
    }
    this.start = offset;
    this.statusLine = parseStatusLine(line, start, end, offset, this.#note);
    if (!this.statusLine) this.state = "failed";
    return this.statusLine !== undefined;
  }

  #readFieldLine(line: Buffer, start: number, end: number, offset: number): boolean {
    if (start === end) {
      this.state = "complete";
      return true;
    }
    if (isBlank(line[start]!)) return this.#readFold(line.toString("latin1", start, end), offset);
    if (this.fields.length >= this.#limits.maxFields) {
      return this.#passLimit(offset, `More than ${this.#limits.maxFields} field lines`);
    }
    const field = parseFieldLine(line, start, end, offset, this.#note);
    if (!field) {
      this.state = "failed";
      return false;
    }
    this.fields.push(field);
    this.fieldOffsets.push(offset);
    return true;
  }

  /** RFC 9112 §5.2: a user agent must replace each obs-fold with SP. */
  #readFold(text: string, offset: number): boolean {
    const field = this.fields.at(-1);
    if (!field) {
      return this.#fail("whitespace-before-first-header", offset, "Blanks before the first field line", text);
    }
    this.#note("obs-fold", offset, `The value of ${field[0]} goes on in a second line`, text);
    const more = trimOws(text);
    if (!noteFieldValue(more, offset + text.indexOf(more), this.#note)) {
      this.state = "failed";
      return false;
    }
    if (more !== "") field[1] = field[1] === "" ? more : `${field[1]} ${more}`;
    return true;
  }

  /** The first octets of a status-line, blanks before it left out. */
  #beginning(line: Buffer, start: number, end: number): string {
    let first = start;
    while (first < end && isBlank(line[first]!)) first++;
    return line.toString("latin1", first, Math.min(end, first + RECOGNISED_OCTETS));
  }

  #canJudgeBeginning(line: Buffer, start: number, end: number): boolean {
    return this.#beginning(line, start, end).length === RECOGNISED_OCTETS;
  }

  /** Whether a first line may be a status-line as far as can be told. */
  #checkBeginning(line: Buffer, start: number, end: number, complete: boolean, offset: number): boolean {
    if (!this.#isHead || this.statusLine) return true;
    const beginning = this.#beginning(line, start, end);
    if (!complete && beginning.length < RECOGNISED_OCTETS) return true;
    if (beginning.slice(0, 4).toUpperCase() === "HTTP") return true;
    this.#failForeign(beginning, offset);
    return false;
  }

  #failForeign(beginning: string, offset: number): void {
    const message = `No HTTP status-line: this looks like ${nameForeignProtocol(beginning)}`;
    this.#fail("not-http", offset, message, beginning);
  }

  #passLimit(offset: number, message: string): false {
    this.limit = { offset, message };
    this.state = "failed";
    return false;
  }

  #fail(code: Parameters<Note>[0], offset: number, message: string, excerpt: string): false {
    this.state = "failed";
    this.#note(code, offset, message, excerpt);
    return false;
  }
}
