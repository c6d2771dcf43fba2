/**
 * Reads the whole lines of a head or of a trailer section.
 *
 * @module
 */

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
import { isBlank } from "./octets.ts";
import { parseRequestLine, type RequestLine } from "./request_line.ts";
import { isWholeStatusLine, parseStatusLine, type StatusLine } from "./status_line.ts";

/** The kind of a section: a trailer section, or a head, named after its start-line. */
export type SectionKind = StartLineKind | "trailers";

/** The facts of a section: its start-line if it has one, its field lines, and the fault that ended it. */
export class SectionLines {
  statusLine: StatusLine | undefined;
  partialStatusLine: Partial<StatusLine> | undefined;
  requestLine: RequestLine | undefined;
  readonly places = new FieldPlaces();
  readonly fields = this.places.fields;
  state: "reading" | "complete" | "failed" = "reading";
  limit: LimitFailure | undefined;
  /** Stream offset of the start-line, or of the section if it has none. */
  start: number;
  /** The kind of start-line that comes next; absent once it was read. */
  protected awaited: StartLineKind | undefined;
  /** Stream offset of the first octet beyond the limit. */
  protected limitOffset: number;

  readonly #note: Note;
  readonly #limits: ReaderLimits;

  constructor(kind: SectionKind, offset: number, note: Note, limits: ReaderLimits) {
    this.awaited = kind === "trailers" ? undefined : kind;
    this.start = offset;
    this.limitOffset = offset + limits.maxHead;
    this.#note = note;
    this.#limits = limits;
  }

  /**
   * Reads a line.
   *
   * @param line The line without its LF
   * @param offset Stream offset of its first octet
   */
  protected receiveLine(line: string, offset: number): void {
    const hasCr = line.endsWith("\r");
    const content = hasCr ? line.slice(0, -1) : line;
    const cr = content.indexOf("\r");
    if (cr !== -1 && this.belongsToLine(line, cr)) return this.failBareCr(line, cr, offset);
    const { awaited } = this;
    if (awaited && content !== "" && (awaited === "request-line" || !line.startsWith("HTTP"))) {
      const beginning = beginningOf(line);
      if (isForeign(beginning, true, awaited)) return this.failForeign(beginning, line, offset);
    }
    const isRead = awaited
      ? this.#readStartLine(awaited, content, offset, offset + line.length + 1)
      : this.#readFieldLine(content, offset);
    if (isRead && !hasCr) {
      const text = line + "\n";
      this.#note("bare-lf", offset + line.length, "LF without CR", excerptAround(text, line.length));
    }
  }

  /** Tells whether a CR without LF belongs to a line of HTTP, and not to another protocol. */
  protected belongsToLine(line: string, cr: number): boolean {
    return !this.awaited || mayBegin(this.awaited, beginningOf(line.slice(0, cr)));
  }

  /** Ends the section with a CR that is not followed by LF, at an index of the line. */
  protected failBareCr(line: string, at: number, offset: number): void {
    const excerpt = line.slice(Math.max(0, at - 20), at + 2);
    this.#fail("bare-cr", offset + at, "CR that is not followed by LF", excerpt);
  }

  /** Ends the section if its line cannot be the expected start-line. */
  protected failForeign(beginning: string, line: string, offset: number): void {
    const kind = this.awaited!;
    const name = kind === "status-line" ? nameForeignProtocol(beginning) : nameForeignRequest(beginning);
    const blanks = Math.max(0, line.search(/[^ \t\v\f]/));
    this.#fail("not-http", offset + blanks, `No HTTP ${kind}: this looks like ${name}`, beginning);
  }

  /** Ends the section at a limit. */
  protected passLimit(offset: number, message: string): void {
    this.limit = { offset, message };
    this.state = "failed";
  }

  #readStartLine(kind: StartLineKind, line: string, offset: number, next: number): boolean {
    if (line === "") {
      this.#note("leading-crlf", offset, `An empty line before the ${kind}`);
      // A capture of requests has an end, so empty lines need no limit.
      if (kind === "request-line") this.limitOffset = next + this.#limits.maxHead;
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
    if (isRead) this.awaited = undefined;
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
      this.passLimit(offset, `More than ${this.#limits.maxFields} field lines`);
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

  #fail(code: DeviationCode, offset: number, message: string, excerpt: string): void {
    this.state = "failed";
    this.#note(code, offset, message, excerpt);
  }
}
