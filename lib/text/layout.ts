/**
 * Breaks styled text into lines of a limited width. All text for people goes through here, so no line is too
 * wide, and no control character gets through even if a section forgets to escape it.
 *
 * @module
 */

import { columnsOf, fitColumns } from "./columns.ts";
import { escapeMessage } from "./escape/text.ts";
import type { Paint, Style } from "./paint.ts";

/** Plain text, or text with a style. */
export type Span = string | readonly [style: Style, text: string];

/** The width, styles and level of detail of text for people. */
export interface View {
  /** Columns of a line; `Infinity` breaks none. */
  readonly width: number;
  /** Gives a text its style, or leaves it as it is. */
  readonly paint: Paint;
  /** Shows rarely needed facts too. */
  readonly verbose: boolean;
}

/** The column at which the facts begin, to the right of their label. */
const FACT_COLUMN = 13;

/** The indentation of one paragraph. */
export interface Margins {
  /** Columns before the first line. */
  readonly first: number;
  /** Columns before every line after it. */
  readonly rest: number;
  /** Keeps the blank at which a line is broken, because it is evidence. @default false */
  readonly keepBlanks?: boolean;
}

/** Cuts `text` into lines, given as pairs of start and end. */
function cutLines(
  text: string,
  width: number,
  { first, rest, keepBlanks = false }: Margins,
): [number, number][] {
  const cuts: [number, number][] = [];
  let start = 0;
  let room = Math.max(2, width - first);
  do {
    const full = room === Infinity ? text.length : fitColumns(text, start, room);
    let end = full;
    let next = full;
    if (full < text.length) {
      // A blank in the first half would leave the line mostly empty, so the long word after it is cut
      // instead.
      const blank = keepBlanks
        ? start + text.slice(start, full).lastIndexOf(" ")
        : start + lastBreak(text.slice(start, full + 1), text.slice(full + 1, full + 1 + LONGEST_UNIT));
      if (blank - start >= (full - start) / 2) {
        end = keepBlanks ? blank + 1 : trimEnd(text, blank);
        next = blank + 1;
        while (!keepBlanks && text[next] === " ") next++;
      }
    }
    cuts.push([start, end]);
    start = next;
    room = Math.max(2, width - rest);
  } while (start < text.length);
  return cuts;
}

/** A number at the end of a text, and the rest of its unit. */
const NUMBER = /(?:^|[ (])[0-9.]+$/;
const UNIT = /^(?:ms|s|%|B|kB|MB|KiB|MiB|GiB|octets?)(?![A-Za-z])/;
const LONGEST_UNIT = "octets ".length;

/**
 * Finds the last blank of a line at which it can be broken: not between a number and its unit.
 *
 * @param rest The text after the line
 */
function lastBreak(line: string, rest: string): number {
  const blank = line.lastIndexOf(" ");
  const splits = UNIT.test(line.slice(blank + 1) + rest) && NUMBER.test(line.slice(0, blank));
  const earlier = splits ? line.lastIndexOf(" ", blank - 1) : -1;
  return earlier > 0 ? earlier : blank;
}

/** Moves an end to the left over blanks. */
function trimEnd(text: string, end: number): number {
  return text[end - 1] === " " ? trimEnd(text, end - 1) : end;
}

/**
 * Breaks text into lines of at most `view.width` columns, at blanks if possible, and anywhere if not. It
 * escapes line feeds in the text.
 */
export function layOut(
  spans: readonly Span[],
  view: View,
  margins: Margins = { first: 0, rest: 2 },
): string[] {
  const pieces = spans.map((span): [Style | undefined, string] =>
    typeof span === "string" ? [undefined, escapeMessage(span)] : [span[0], escapeMessage(span[1])]
  );
  const text = pieces.map(([, piece]) => piece).join("");
  return cutLines(text, view.width, margins).map(([start, end], index) => {
    let line = " ".repeat(index === 0 ? margins.first : margins.rest);
    let offset = 0;
    for (const [style, piece] of pieces) {
      const part = piece.slice(Math.max(0, start - offset), Math.max(0, end - offset));
      line += style === undefined || part === "" ? part : view.paint(style, part);
      offset += piece.length;
    }
    return line;
  });
}

/** Lays out facts as paragraphs beside one label. Gives no lines if there are no facts. */
export function layOutFacts(label: string, facts: readonly (readonly Span[])[], view: View): string[] {
  // On a narrow terminal the facts begin further left than their label ends.
  const column = Math.min(FACT_COLUMN, Math.max(2, Math.floor(view.width / 4)));
  return facts.flatMap((fact, index) => {
    if (index > 0) return layOut(fact, view, { first: column, rest: column + 2 });
    const gap = " ".repeat(Math.max(1, FACT_COLUMN - columnsOf(label)));
    return layOut([["heading", label], gap, ...fact], view, { first: 0, rest: column + 2 });
  });
}
