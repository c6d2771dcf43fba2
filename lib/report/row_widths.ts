/**
 * Chooses the columns of a row that fit on a terminal, and their widths.
 *
 * @module
 */

import { type Column, COLUMNS, type RowColumn } from "./row_columns.ts";

/** Least room for a target, so that most hosts fit beside the other columns. */
const LEAST_TARGET = 36;
/** With more room than this for the target, the other columns grow. */
const COMFORTABLE_TARGET = 48;
/** The columns that can be left out, the least important first. */
const LEFT_OUT: readonly RowColumn[] = [
  "address",
  "server",
  "framing",
  "connection",
  "deviations",
  "receive",
  "wait",
  "reuse",
  "error",
];

/** A column and its width. */
export interface AllottedColumn {
  readonly column: Column;
  /** Least columns of the cell; a longer text is cut, unless the cell is whole. */
  readonly size: number;
  /** The cell is never cut. */
  readonly whole: boolean;
}

/**
 * Chooses the columns that leave enough room for the last one. Without a limit all columns have their least width, and
 * a longer cell moves the others to the right.
 *
 * @param names The columns in their order
 * @param width Columns of the terminal
 */
export function allotColumns(names: readonly RowColumn[], width: number): AllottedColumn[] {
  const shown = fittingColumns(names, width);
  const sizes = new Map(shown.map((column) => [column, column.least]));
  let spare = width === Infinity ? 0 : width - roomFor(shown, COMFORTABLE_TARGET);
  // The address is the last one to grow: it is cut in the middle, and the target tells rows apart.
  for (const column of LEFT_OUT.toReversed().map((name) => COLUMNS[name])) {
    const size = sizes.get(column);
    if (size === undefined) continue;
    const growth = Math.max(0, Math.min(column.most - size, spare));
    sizes.set(column, size + growth);
    spare -= growth;
  }
  return shown.map((column, index) =>
    isWhole(shown, index)
      ? { column, size: 0, whole: true }
      : { column, size: sizes.get(column) ?? 0, whole: width === Infinity }
  );
}

function fittingColumns(names: readonly RowColumn[], width: number): Column[] {
  const shown = [...names];
  for (const left of LEFT_OUT) {
    if (roomFor(shown.map((name) => COLUMNS[name]), LEAST_TARGET) <= width) break;
    const index = shown.indexOf(left);
    if (index !== -1) shown.splice(index, 1);
  }
  return shown.map((name) => COLUMNS[name]);
}

/** A target stays whole as the last cell, where it moves no other one. */
function isWhole(columns: readonly Column[], index: number): boolean {
  return index === columns.length - 1 && columns[index]?.target === true;
}

/** Adds up the least widths of all cells and the spaces between them, with some room for a target at the end. */
function roomFor(columns: readonly Column[], target: number): number {
  const sizes = columns.map(({ least }, index) => isWhole(columns, index) ? target : least);
  return sizes.reduce((sum, size) => sum + size + 1, -1);
}
