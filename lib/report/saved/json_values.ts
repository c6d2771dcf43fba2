/**
 * Splits text into the JSON values of a file of saved rows.
 *
 * @module
 */

import { findEnd, type Scan, startScan } from "./scan_value.ts";

/** A JSON value, or a piece of text that is not JSON. */
export type JsonPiece =
  & {
    /** Number of the line where it begins, from 1. */
    readonly line: number;
  }
  & (
    | { readonly value: unknown }
    /** The cause, worded to follow "line 3". */
    | { readonly fault: string }
  );

/** The beginning of a row, by which a row that was appended to a torn one is found. */
const ROW_START = '{"schema":';

/** A row holds at most a body of 10 MiB as escaped text. A longer value is no row. */
const LONGEST = 2 ** 27;

/** Beginnings of a row that are tried in a torn line: reading from each of very many would take minutes. */
const MOST_STARTS = 50;

const BLANK = /[ \t\r\n\ufeff]*/y;

/**
 * Splits text that arrives in pieces into JSON values: one a line, values over several lines, and the elements of
 * arrays. Text that is no JSON is reported with its line, and reading goes on behind it. Memory holds one value at a time.
 *
 * @example Usage
 * ```ts
 * import { JsonValues } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * const values = new JsonValues();
 * assert.deepEqual([...values.push('{"a":1}\n[2,'), ...values.push("3]"), ...values.end()], [
 *   { line: 1, value: { a: 1 } },
 *   { line: 2, value: 2 },
 *   { line: 2, value: 3 },
 * ]);
 * ```
 */
export class JsonValues {
  /** Text from the beginning of the current value on. */
  #text = "";
  /** Text that has arrived since. */
  #arrived = "";
  #line = 1;
  #inArray = false;
  /** The place in the text up to which the current value was scanned. */
  #scan: Scan | undefined;
  /** The rest of a line is skipped. */
  #skipping = false;

  /** Adds text, and gives the values and faults that it completes. */
  *push(text: string): Generator<JsonPiece, void, void> {
    this.#arrived += text;
    // To join the pieces of a long value each time would copy it as often as there are pieces.
    if (2 * this.#arrived.length >= this.#text.length) yield* this.#take(false);
  }

  /** Ends the text, and gives what is left of it. */
  *end(): Generator<JsonPiece, void, void> {
    yield* this.#take(true);
    const rest = this.#text;
    this.#text = "";
    if (rest !== "" && !this.#skipping) yield { line: this.#line, fault: sayTorn(rest) };
  }

  *#take(ended: boolean): Generator<JsonPiece, void, void> {
    this.#text += this.#arrived;
    this.#arrived = "";
    // Consumed text is cut off once, at the end: each cut copies the rest.
    let at = 0;
    for (;;) {
      if (this.#skipping) at = this.#skipLine(at);
      if (this.#scan === undefined) at = this.#skipBlank(at);
      if (at >= this.#text.length) break;
      const next = this.#readLine(at, ended) ?? this.#readValue(at, ended);
      if (next === undefined) break;
      yield* next.pieces;
      this.#line += countLines(this.#text, at, next.end);
      at = next.end;
    }
    this.#text = this.#text.slice(at);
    if (this.#scan) this.#scan.at -= at;
    if (this.#text.length <= LONGEST) return;
    yield { line: this.#line, fault: "is longer than 128 MiB" };
    this.#scan = undefined;
    this.#skipping = true;
    this.#text = "";
  }

  /** Skips blanks, the commas and brackets of arrays, and counts lines. */
  #skipBlank(from: number): number {
    let at = from;
    for (;;) {
      BLANK.lastIndex = at;
      at = BLANK.test(this.#text) ? BLANK.lastIndex : at;
      const char = this.#text[at];
      if (char === "[" && !this.#inArray) this.#inArray = true;
      else if (char === "]" && this.#inArray) this.#inArray = false;
      else if (char !== "," || !this.#inArray) break;
      at++;
    }
    this.#line += countLines(this.#text, from, at);
    return at;
  }

  /** Reads a value that takes one whole line. This is the usual case, and the fastest. */
  #readLine(at: number, ended: boolean): Taken | undefined {
    if (this.#inArray || this.#scan !== undefined) return undefined;
    const feed = this.#text.indexOf("\n", at);
    if (feed === -1 && !ended) return undefined;
    const end = feed === -1 ? this.#text.length : feed;
    const value = parse(this.#text.slice(at, end));
    return value && { end, pieces: [{ line: this.#line, value: value.value }] };
  }

  /** Reads a value by its structure. */
  #readValue(at: number, ended: boolean): Taken | undefined {
    this.#scan ??= startScan(at);
    const found = findEnd(this.#text, this.#scan, ended);
    if (found === undefined) return undefined;
    this.#scan = undefined;
    const text = this.#text.slice(at, found.end);
    const parsed = found.torn ? undefined : parse(text);
    if (parsed) return { end: found.end, pieces: [{ line: this.#line, value: parsed.value }] };
    return this.#afterFault(at, found.end);
  }

  /** Reports the line as faulty, and looks in the rest of it for a row that was appended to a torn one. */
  #afterFault(at: number, end: number): Taken {
    const feed = this.#text.indexOf("\n", at);
    const lineEnd = feed === -1 ? Math.max(end, at + 1) : Math.max(end, feed);
    const text = this.#text.slice(at, feed === -1 ? this.#text.length : feed);
    const pieces = [{ line: this.#line, fault: sayTorn(text) }];
    if (feed === -1) {
      this.#skipping = true;
      return { end: this.#text.length, pieces };
    }
    let start = text.indexOf(ROW_START, 1);
    for (let tried = 0; start !== -1 && tried < MOST_STARTS; tried++) {
      const row = parse(text.slice(start));
      if (row !== undefined) {
        return { end: lineEnd, pieces: [...pieces, { line: this.#line, value: row.value }] };
      }
      start = text.indexOf(ROW_START, start + 1);
    }
    return { end: lineEnd, pieces };
  }

  #skipLine(at: number): number {
    const feed = this.#text.indexOf("\n", at);
    if (feed === -1) return this.#text.length;
    this.#skipping = false;
    return feed;
  }
}

/** Pieces that were read, and the index behind them. */
interface Taken {
  readonly end: number;
  readonly pieces: readonly JsonPiece[];
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The caller reports the line.
    return undefined;
  }
}

function sayTorn(text: string): string {
  return text.startsWith("{") ? "is cut off or damaged" : "is not JSON";
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
