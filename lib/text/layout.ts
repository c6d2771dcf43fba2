/**
 * Breaks styled text into lines of a limited width, only at blanks. All text for people goes through here, so no control
 * character gets through even if a section forgets to escape it.
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
function cutLines(text: string, width: number, margins: Margins): [number, number][] {
  const { first, rest, keepBlanks = false } = margins;
  const cuts: [number, number][] = [];
  let start = 0;
  let room = Math.max(2, width - first);
  do {
    const full = room === Infinity ? text.length : fitColumns(text, start, room);
    const blank = full === text.length
      ? -1
      : findBreak(text, { start, full, next: Math.max(2, width - rest), keepBlanks });
    if (blank === -1) return [...cuts, [start, text.length]];
    cuts.push([start, keepBlanks ? blank + 1 : trimEnd(text, blank)]);
    start = blank + 1;
    while (!keepBlanks && text[start] === " ") start++;
    room = Math.max(2, width - rest);
  } while (start < text.length);
  return cuts;
}

/** A line that is to be cut: it begins at `start`, and the text from `full` on does not fit. */
interface FullLine {
  readonly start: number;
  readonly full: number;
  /** Columns of the next line. */
  readonly next: number;
  readonly keepBlanks: boolean;
}

/**
 * Finds the blank at which a line ends, or −1 if the rest of the text stays on it. A word that is longer than a line is
 * never cut: the terminal wraps it, so that a URL can still be clicked, and a digest copied. It begins on a line of its own
 * only if the line before it is at least half full.
 */
function findBreak(text: string, { start, full, next, keepBlanks }: FullLine): number {
  // A blank that is kept must fit on the line, one that is dropped need not.
  const last = keepBlanks ? full - 1 : full;
  const before = findBlank(text, last, -1, start);
  const after = findBlank(text, Math.max(last, before) + 1, 1, start);
  const end = after === -1 ? text.length : after;
  const isLong = end - (before + 1) > next;
  if (before === -1 || isLong && before - start < (full - start) / 2) return after;
  return before;
}

/** Looks for a blank at which a line may end: behind its first word, and not between a number and its unit or name. */
function findBlank(text: string, from: number, step: 1 | -1, start: number): number {
  for (let at = from; at > start && at < text.length; at += step) {
    if (text[at] !== " ") continue;
    if (step === -1 && text.slice(start, at).trim() === "") return -1;
    if (!splitsNumber(text, at)) return at;
  }
  return -1;
}

/** A number at the end of a text, and the beginning of a unit: a lower-case word, `MB`, `KiB` or `%`. */
const NUMBER = /(?:^|[ (+≥≤<>~])[0-9][0-9.,]*$/;
const UNIT = /^(?:[a-zµ%]|[KMGT]i?B\b|B\b)/;
/** A word that belongs to the number after it. */
const NUMBERED = /(?:^|[ (])RFC$/;
/** The longest number that is looked for. */
const LONGEST_NUMBER = 24;

function splitsNumber(text: string, blank: number): boolean {
  const [before, after] = [
    text.slice(Math.max(0, blank - LONGEST_NUMBER), blank),
    text.slice(blank + 1, blank + 4),
  ];
  return UNIT.test(after) && NUMBER.test(before) || /^[0-9]/.test(after) && NUMBERED.test(before);
}

/** Moves an end to the left over blanks. */
function trimEnd(text: string, end: number): number {
  return text[end - 1] === " " ? trimEnd(text, end - 1) : end;
}

/**
 * Breaks text into lines of at most `view.width` columns. A line is longer only if it has a word that does not fit. It escapes
 * line feeds in the text.
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
