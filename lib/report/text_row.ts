/**
 * A result as a row of a table: for a terminal, or as one line for programs.
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../text/check_options.ts";
import type { ProbeResult } from "../result.ts";
import { columnsOf, fitColumns } from "../text/columns.ts";
import { escapeMessage } from "../text/escape/text.ts";
import { layOut, type Span, type View } from "../text/layout.ts";
import { layOutWhole, setLine } from "../text/whole.ts";
import { COLUMNS, type RowColumn } from "./row_columns.ts";
import { notesOf } from "./row_notes.ts";
import { allotColumns, type AllottedColumn } from "./row_widths.ts";
import { type Paint, plain } from "../text/paint.ts";

export type { RowColumn };

/** The least width: status and time, and some room beside them. */
const NARROWEST_ROW = 26;
/** Columns of status and the space after it, under which notes begin on a terminal of this width or more. */
const INDENT = 12;
const WIDE_ENOUGH_TO_INDENT = 60;

/** Columns for several URLs. */
export const URL_COLUMNS: readonly RowColumn[] = [
  "status",
  "time",
  "address",
  "server",
  "framing",
  "connection",
  "deviations",
  "target",
];

/** The look of a row. */
export interface TextRowOptions {
  /** Gives each piece of text its style; without it text stays plain. */
  readonly paint?: Paint | undefined;
  /**
   * Columns of the terminal, at least 26. The address goes first if not all columns fit, then the server, the framing, the
   * connection and the deviations. `Infinity` gives one line with all columns, for programs.
   *
   * @default 80
   */
  readonly width?: number | undefined;
  /** The columns in their order. A target or URL as the last one stays whole. @default URL_COLUMNS */
  readonly columns?: readonly RowColumn[] | undefined;
}

/** The names of {@linkcode TextRowOptions}. */
export const ROW_OPTION_NAMES = {
  paint: true,
  width: true,
  columns: true,
} as const satisfies OptionNames<TextRowOptions>;

/** Replaces the middle of a text that is too long by `…`. */
function shorten(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  const head = text.slice(0, fitColumns(text, 0, Math.ceil((columns - 1) / 2)));
  let tail = "";
  let room = columns - 1 - columnsOf(head);
  for (const character of Array.from(text.slice(-2 * columns)).reverse()) {
    room -= columnsOf(character);
    if (room < 0) break;
    tail = character + tail;
  }
  return `${head}…${tail}`;
}

/** Makes the spans of a cell and of the space after it. */
function setCell({ column, size, whole }: AllottedColumn, result: ProbeResult): Span[] {
  const text = escapeMessage(column.text(result));
  const shown = whole ? text : shorten(text, size);
  const style = column.style?.(result);
  const span: Span = style === undefined ? shown : [style, shown];
  const gap = " ".repeat(Math.max(0, size - columnsOf(shown)));
  return column.right ? [gap, span, " "] : [span, `${gap} `];
}

/** Lays out what a row gives beside its columns, on lines of their own. A URL stays whole: the terminal wraps it. */
function layOutNotes(result: ProbeResult, view: View, indent: number): string[] {
  return notesOf(result).flatMap(({ text, url }) =>
    url === undefined
      ? layOut([text], view, { first: indent, rest: indent })
      : [setLine([" ".repeat(indent), ["dim", text], ` ${url}`], view.paint)]
  );
}

/** Formats the titles of the columns above the rows of {@linkcode formatTextRow}, as one line. */
export function formatTextRowHeader(options: TextRowOptions = {}): string {
  checkOptions(options, ROW_OPTION_NAMES);
  const { paint = plain, width = 80, columns = URL_COLUMNS } = options;
  const titles = allotColumns(columns, Math.max(NARROWEST_ROW, width))
    .map(({ column: { title, right }, size }) => right ? title.padStart(size) : title.padEnd(size));
  return paint("dim", titles.join(" ").trimEnd());
}

/**
 * Formats a result as a row: status or error kind, total time, address, server, framing, the end of the connection
 * (with `!` if it contradicts the head), number of deviations, target. The widths depend only on the options, so
 * the rows of different results are aligned. The target is never cut: it moves to a line of its own if it does not fit
 * beside the other columns. The cause of a failure follows below.
 *
 * With the width `Infinity` the row is one line: no cell is cut, and the cause is in brackets at the end.
 *
 * @returns Lines joined by LF, without one at the end
 *
 * @example Usage
 * ```ts
 * import { formatTextRow, type ProbeResult } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * const result: ProbeResult = {
 *   schema: 1,
 *   input: "http://localhost/",
 *   url: "http://localhost/",
 *   method: "GET",
 *   startedAt: "2026-03-01T12:00:00.000Z",
 *   ok: true,
 *   status: 204,
 *   reason: "No Content",
 *   version: "1.1",
 *   interim: [],
 *   deviations: [],
 *   timings: { total: 1.5 },
 *   redirects: [],
 *   checks: [],
 * };
 * assert(formatTextRow(result).startsWith("204 "));
 * ```
 */
export function formatTextRow(result: ProbeResult, options: TextRowOptions = {}): string {
  checkOptions(options, ROW_OPTION_NAMES);
  const { paint = plain, columns = URL_COLUMNS } = options;
  const width = Math.max(NARROWEST_ROW, options.width ?? 80);
  const allotted = allotColumns(columns, width);
  const cells = allotted.map((column) => setCell(column, result));
  // A column of its own shows the cause already.
  const noted = !allotted.some(({ column }) => column === COLUMNS.error);
  if (width === Infinity) {
    const notes = noted
      ? notesOf(result).map(({ text, url }) => url === undefined ? ` (${text})` : ` (${text} ${url})`)
      : [];
    return [setLine(cells.flat(), paint), ...notes].join("");
  }
  const view: View = { paint, width, verbose: false };
  const indent = width < WIDE_ENOUGH_TO_INDENT ? 2 : INDENT;
  const target = allotted.at(-1)?.whole ? cells.pop()?.[0] : undefined;
  const row = target === undefined
    ? [setLine(cells.flat(), paint)]
    : layOutWhole(cells.flat(), target, view, indent);
  return [...row, ...(noted ? layOutNotes(result, view, indent) : [])].join("\n");
}
