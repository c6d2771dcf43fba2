/**
 * Formats repeated requests as text for people: a line for each, and the figures at the end.
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../text/check_options.ts";
import type { ProbeResult } from "../result.ts";
import { formatCount, formatShare } from "../text/count.ts";
import { layOut, type Span, type View } from "../text/layout.ts";
import { formatTextRow, formatTextRowHeader, type RowColumn, type TextRowOptions } from "./text_row.ts";
import { type Distributions, MEASURES, type SeriesSummary } from "./series.ts";
import { notesOf } from "./row_notes.ts";
import { layOutStatistics, statisticsRows } from "./statistics_table.ts";
import { layOutTally } from "./summary/tally_text.ts";
import { plain } from "../text/paint.ts";

const SERIES_COLUMNS: readonly RowColumn[] = [
  "status",
  "reuse",
  "time",
  "wait",
  "connection",
  "deviations",
];
/** Width of the number of a request and the space after it. */
const NUMBER_COLUMNS = 5;
const NARROWEST = 40;

/** The look of a series. */
export type SeriesTextOptions = Omit<TextRowOptions, "columns">;

/** Options of {@linkcode formatSeriesRow}. */
export interface SeriesRowOptions extends SeriesTextOptions {
  /** The request before. A cause that it had too is not repeated below the row. */
  readonly previous?: ProbeResult | undefined;
}

const SERIES_OPTION_NAMES = { paint: true, width: true } as const satisfies OptionNames<SeriesTextOptions>;

function numbered(
  label: string,
  line: (options: TextRowOptions) => string,
  options: SeriesTextOptions,
): string {
  checkOptions(options, SERIES_OPTION_NAMES);
  const { paint, width = 80 } = options;
  const number = label.padStart(NUMBER_COLUMNS - 1);
  const text = line({ paint, width: width - number.length - 1, columns: SERIES_COLUMNS });
  return `${number} ${text.replaceAll("\n", `\n${" ".repeat(NUMBER_COLUMNS)}`)}`;
}

/** Formats the titles of the columns of {@linkcode formatSeriesRow}. */
export function formatSeriesHeader(options: SeriesTextOptions = {}): string {
  return numbered("#", formatTextRowHeader, options);
}

/**
 * Formats one request of a series as one line, and the cause of a failure below. With the width `Infinity` the cause is on
 * the same line.
 *
 * @param number Number of the request within the series, from 1
 */
export function formatSeriesRow(
  result: ProbeResult,
  number: number,
  options: SeriesRowOptions = {},
): string {
  const { previous, ...look } = options;
  const row = numbered(String(number), (line) => formatTextRow(result, line), look);
  return look.width !== Infinity && previous !== undefined && haveSameNotes(previous, result)
    ? row.split("\n", 1)[0]!
    : row;
}

function haveSameNotes(one: ProbeResult, other: ProbeResult): boolean {
  return JSON.stringify(notesOf(one)) === JSON.stringify(notesOf(other));
}

function layOutDistributions(title: string, distributions: Distributions, view: View): string[] {
  const rows = statisticsRows(distributions, MEASURES);
  return rows.length === 0
    ? []
    : ["", ...layOut([["heading", title]], view), ...layOutStatistics(rows, view)];
}

/**
 * Formats the outcome of a series: the numbers of requests sent, answered and lost, their statuses and errors, then count, minimum, median,
 * p90, p99 (nearest rank) and maximum of each phase and of the total, separately for new and reused connections.
 *
 * @returns Lines joined by LF, without one at the end
 */
export function formatSeriesSummary(summary: SeriesSummary, options: SeriesTextOptions = {}): string {
  checkOptions(options, SERIES_OPTION_NAMES);
  const { paint = plain, width = 80 } = options;
  const view: View = { width: Math.max(NARROWEST, width), paint, verbose: false };
  const { sent, answered, lost, unmeasured, lostShare } = summary;
  const share = formatShare(lostShare);
  const counts: Span[] = [
    `${formatCount(sent)} sent, `,
    [answered > 0 ? "good" : "bad", `${formatCount(answered)} answered`],
    ", ",
    [lost > 0 ? "bad" : "dim", `${formatCount(lost)} lost (${share})`],
  ];
  if (unmeasured > 0) counts.push(", ", ["warning", `${formatCount(unmeasured)} not measured (local fault)`]);
  return [
    ...layOut(counts, view),
    ...layOutTally("status", summary.statuses, view),
    ...layOutTally("errors", summary.errors, view),
    ...layOutDistributions("new connections: cold", summary.cold, view),
    ...layOutDistributions("reused connections: warm", summary.warm, view),
  ].join("\n");
}
