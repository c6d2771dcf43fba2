/**
 * Cuts a head or a trailer section into lines, however its octets arrive.
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import type { Note } from "./deviation.ts";
import { readPlainFieldLines } from "./field_line.ts";
import { beginningOf, isForeign, mayBegin } from "./foreign_protocol.ts";
import type { ReaderLimits } from "./limits.ts";
import { decodeLatin1 } from "./octets.ts";
import { type SectionKind, SectionLines } from "./section_lines.ts";

/** Octets that are decoded at once. Most heads are shorter, and a body that follows is not decoded far in vain. */
const WINDOW = 1024;

/**
 * A head (start-line, field lines, empty line) or a trailer section (field lines, empty line).
 *
 * The verdict depends only on the octets. Faults that show before the end of a line are therefore noted at a fixed
 * octet: a stream that is not HTTP at its fifth octet, a CR without LF at the octet after the CR, an exceeded limit at
 * the first octet beyond it.
 */
export class SectionReader extends SectionLines {
  /** Stream offset after the octets read so far, including held ones. */
  offset: number;

  readonly #kind: SectionKind;
  readonly #limits: ReaderLimits;
  /** The part of a line whose end has not arrived. */
  #held = "";
  /** True if the held part ends in CR. */
  #heldCr = false;
  /** The first octets of the held part, until the start-line is read. */
  #beginning = "";

  constructor(kind: SectionKind, offset: number, note: Note, limits: ReaderLimits) {
    super(kind, offset, note, limits);
    this.offset = offset;
    this.#kind = kind;
    this.#limits = limits;
  }

  /**
   * Reads the next octets of the section.
   *
   * @param bytes A piece of the stream
   * @param start Index of its first unread octet
   * @returns Index after the last octet that it consumed
   */
  receive(bytes: Uint8Array, start: number): number {
    let at = start;
    while (at < bytes.length && this.state === "reading") {
      // One octet beyond the limit is enough to know that it is exceeded.
      const end = Math.min(bytes.length, at + WINDOW, at + this.limitOffset - this.offset + 1);
      at = this.#receiveWindow(bytes, at, end);
    }
    return at;
  }

  /** Octets of a line that has not ended. */
  get heldLine(): string {
    return this.#held;
  }

  /** The stream ended: notes `not-http` where the held octets cannot become a start-line. */
  end(): void {
    if (this.state !== "reading" || !this.awaited) return;
    const beginning = beginningOf(this.#held.replace(/\r$/, ""));
    if (!mayBegin(this.awaited, beginning)) this.failForeign(beginning, this.#held, this.#heldOffset);
  }

  get #heldOffset(): number {
    return this.offset - this.#held.length;
  }

  /**
   * Reads the lines that end between two indices, and holds the rest.
   *
   * @returns Index after the last octet that it consumed
   */
  #receiveWindow(bytes: Uint8Array, start: number, end: number): number {
    const text = decodeLatin1(bytes, start, end);
    const base = this.offset - start;
    const limit = Math.min(end, this.limitOffset - base);
    let at = start;
    while (this.state === "reading") {
      if (this.#held === "" && this.awaited === undefined) {
        const room = this.#limits.maxFields - this.fields.length;
        at = readPlainFieldLines({ bytes, start, text }, this.places, { from: at, end: limit, base, room });
      }
      const lineEnd = text.indexOf("\n", at - start);
      if (lineEnd === -1 || start + lineEnd >= limit) {
        this.offset = base + at;
        this.#hold(text.slice(at - start));
        return end;
      }
      const line = this.#held + text.slice(at - start, lineEnd);
      at = start + lineEnd + 1;
      this.offset = base + at;
      this.#held = this.#beginning = "";
      this.#heldCr = false;
      this.receiveLine(line, this.offset - 1 - line.length);
    }
    return at;
  }

  /**
   * Keeps the beginning of a line whose end has not arrived, and notes the faults that already show. It never looks at
   * held octets again, so its time is linear.
   */
  #hold(text: string): void {
    if (text === "") return;
    const start = this.#heldOffset;
    const heldBefore = this.#held.length;
    const found = this.#heldCr && text[0] !== "\n" ? -1 : text.search(/\r[^\n]/);
    const cr = this.#heldCr && text[0] !== "\n" || found !== -1 ? heldBefore + found : -1;
    this.#held += text;
    this.#heldCr = text.endsWith("\r");
    this.offset += text.length;
    if (cr !== -1 && this.belongsToLine(this.#held, cr)) return this.failBareCr(this.#held, cr, start);
    if (this.awaited) {
      this.#beginning = beginningOf(text, this.#beginning);
      if (isForeign(this.#beginning, false, this.awaited)) {
        return this.failForeign(this.#beginning, this.#held, start);
      }
    }
    if (this.offset > this.limitOffset) {
      const name = this.#kind === "trailers" ? "trailer section" : "head";
      const most = formatQuantity(this.#limits.maxHead, "octet");
      this.passLimit(this.limitOffset, `A ${name} of more than ${most}`);
    }
  }
}
