/**
 * A result as one line of a table.
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../text/check_options.ts";
import type { ProbeResult } from "../result.ts";
import { columnsOf, fitColumns } from "../text/columns.ts";
import { escapeMessage } from "../text/escape/text.ts";
import { type Column, COLUMNS, type RowColumn } from "./row_columns.ts";
import { type Paint, plain, type Style } from "../text/paint.ts";

export type { RowColumn };

/** The least width of a line: two columns at their smallest width, the space between them and some margin. */
const NARROWEST_ROW = 26;
/** Room for most URLs. */
const COMFORTABLE = 48;

/** Columns for several URLs. */
export const URL_COLUMNS: readonly RowColumn[] = [
  "status",
  "time",
  "address",
  "framing",
  "connection",
  "deviations",
  "url",
];

/** The look of a line. */
export interface TextRowOptions {
  /** Gives each piece of text its style; without it text stays plain. */
  readonly paint?: Paint | undefined;
  /**
   * Columns of the whole line, at least 26. A cell that is too long loses its middle, and columns that do not
   * fit are left out. `Infinity` cuts nothing.
   *
   * @default 80
   */
  readonly width?: number | undefined;
  /** The columns in their order; the last one takes the remaining width. @default URL_COLUMNS */
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
  if (columns === Infinity || columnsOf(text) <= columns) return text;
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

/**
 * Chooses the columns that fit, and their widths. If not all of them fit, those in the middle are left out
 * first.
 */
function allotColumns(columns: readonly RowColumn[], width: number): (readonly [Column, number])[] {
  const shown: Column[] = columns.map((name) => COLUMNS[name]);
  const needed = () => shown.reduce((sum, { least }) => sum + least + 1, -1);
  while (shown.length > 2 && needed() > width) shown.splice(shown.length - 2, 1);
  let spare = width - needed();
  const last = shown.pop();
  if (last === undefined) return [];
  const sizes = shown.map((column) => {
    // The other columns grow once the last one has enough room.
    const growth = Math.max(0, Math.min(column.most - column.least, spare + last.least - COMFORTABLE));
    spare -= growth;
    return [column, column.least + growth] as const;
  });
  return [...sizes, [last, Math.max(1, last.least + spare)]];
}

function setRow(
  { paint = plain, width = 80, columns = URL_COLUMNS }: TextRowOptions,
  cell: (column: Column) => readonly [text: string, style: Style | undefined],
): string {
  const cells = allotColumns(columns, Math.max(NARROWEST_ROW, width)).map(([column, size], index, all) => {
    const [text, style] = cell(column);
    // If no width is given, nothing is cut, so that a program can read the line.
    const shown = shorten(escapeMessage(text), width === Infinity ? Infinity : size);
    const painted = style === undefined ? shown : paint(style, shown);
    const gap = " ".repeat(index === all.length - 1 ? 0 : Math.max(0, size - columnsOf(shown)));
    return column.right ? gap + painted : painted + gap;
  });
  return cells.join(" ").trimEnd();
}

/** Formats the titles of the columns above the cells of {@linkcode formatTextRow}. */
export function formatTextRowHeader(options: TextRowOptions = {}): string {
  checkOptions(options, ROW_OPTION_NAMES);
  return setRow(options, ({ title }) => [title, "dim"]);
}

/**
 * Formats a result as one line: status or error kind, total time, address, framing, the end of the connection
 * (with `!` if it contradicts the head), number of deviations, URL. The widths depend only on the options, so
 * the lines of different results are aligned.
 *
 * @returns One line without LF
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
  return setRow(options, ({ text, style }) => [text(result), style?.(result)]);
}
