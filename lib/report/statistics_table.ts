/**
 * Lays out distributions as a table: the same columns in the same order wherever sonde prints figures of many values.
 *
 * @module
 */

import { formatCount } from "../text/count.ts";
import { formatDuration } from "../text/duration.ts";
import { layOut, type View } from "../text/layout.ts";
import type { Distribution } from "./distribution.ts";

/** The columns of the table in their order. */
export const STATISTICS = ["count", "min", "median", "p90", "p99", "max"] as const satisfies readonly (
  keyof Distribution
)[];

/** One line of the table: the measure and the distribution of its values. */
export type StatisticsRow = readonly [label: string, distribution: Distribution];

const INDENT = 2;
/** A duration takes at most 7 columns, and so does a count below a million. */
const FIGURE_COLUMNS = 9;
/** The longest name of a phase. */
const LABEL_COLUMNS = 8;

/** Labels for people that differ from the names of measures. */
const LABELS: Readonly<Record<string, string>> = { own: "sonde" };

/** Gives the name of a measure for people. */
export function labelOf(measure: string): string {
  return LABELS[measure] ?? measure;
}

/** Gives the rows of the measures that have values, in the order of `measures`. */
export function statisticsRows<Measure extends string>(
  distributions: { readonly [measure in Measure]?: Distribution },
  measures: readonly Measure[],
): StatisticsRow[] {
  return measures.flatMap((measure) => {
    const distribution = distributions[measure];
    return distribution === undefined ? [] : [[labelOf(measure), distribution] as const];
  });
}

/** Formats one figure of a distribution: `-` if there are too few values for it. */
export function formatStatistic(distribution: Distribution, name: (typeof STATISTICS)[number]): string {
  const value = distribution[name];
  if (value === undefined) return "-";
  return name === "count" ? formatCount(value) : formatDuration(value);
}

/**
 * Lays out a table with a line for each row. If its columns do not fit next to each other, the rest of them follows
 * below as a second table. The row `total` is emphasised.
 *
 * @returns Lines; none without rows
 */
export function layOutStatistics(rows: readonly StatisticsRow[], view: View): string[] {
  if (rows.length === 0) return [];
  const label = Math.max(LABEL_COLUMNS, ...rows.map(([name]) => name.length));
  const room = Math.floor((view.width - INDENT - label) / FIGURE_COLUMNS);
  const fitting = Math.min(STATISTICS.length, Math.max(1, room));
  const count = Math.ceil(STATISTICS.length / fitting);
  const size = Math.ceil(STATISTICS.length / count);
  const blocks = Array.from(
    { length: count },
    (_, index) => STATISTICS.slice(index * size, (index + 1) * size),
  );
  const margins = { first: INDENT, rest: INDENT + 2, keepBlanks: true };
  return blocks.flatMap((names) => [
    ...layOut([["dim", "".padEnd(label) + joinCells(names)]], view, margins),
    ...rows.flatMap(([name, distribution]) => {
      const line = name.padEnd(label) +
        joinCells(names.map((figure) => formatStatistic(distribution, figure)));
      return layOut([name === "total" ? ["heading", line] : line], view, margins);
    }),
  ]);
}

function joinCells(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(FIGURE_COLUMNS)).join("");
}
