/**
 * Formatters: each turns rows of one kind into the text of one document.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import type { OptionNames } from "../text/check_options.ts";
import type { CheckOutcome } from "./check_outcome.ts";

/** Facts about one row that the row itself does not contain. */
export interface RowOptions {
  /** Time limit of this row in milliseconds, if the rows have different limits. */
  readonly maxTime?: number | undefined;
  /** Outcome of the check to which this row belongs. */
  readonly check?: CheckOutcome | undefined;
}

/** The names of {@linkcode RowOptions}. */
export const ROW_FACT_NAMES = { maxTime: true, check: true } as const satisfies OptionNames<RowOptions>;

/**
 * A format for many rows: results of probes, connection profiles, or data of your own. The texts of `begin()`, `row()` for
 * each row and `end()`, one after the other, are the document. A format may give all of its text at the end.
 *
 * @example Usage
 * ```ts
 * import { type Formatter, formatDocument } from "https://deno.land/x/sonde/lib/report.ts";
 *
 * const list: Formatter<string> = { begin: () => "<ul>", row: (name) => `<li>${name}</li>`, end: () => "</ul>" };
 * const text = formatDocument(list, ["a", "b"]);
 * if (text !== "<ul><li>a</li><li>b</li></ul>") throw new Error(text);
 * ```
 */
export interface Formatter<Row = ProbeResult> {
  /** Begins the document. */
  begin(): string;
  /** Formats a row, or remembers it for the end. */
  row(row: Row, options?: RowOptions): string;
  /** Counts a row that the document does not show, if the figures of the document are about all rows. */
  count?(row: Row, options?: RowOptions): void;
  /** Ends the document. */
  end(): string;
  /** Gives the text of `end()` in pieces, if it may be too long for one string. */
  endInPieces?(): Iterable<string>;
  /** Exit code for all rows so far, if the format has exit codes of its own. */
  readonly code?: number | undefined;
}

/** Formats all rows as one document. */
export function formatDocument<Row>(formatter: Formatter<Row>, rows: Iterable<Row>): string {
  let text = formatter.begin();
  for (const row of rows) text += formatter.row(row);
  return text + formatter.end();
}

/**
 * Makes a formatter from a function that formats one row.
 *
 * @param format Gives the text of a row without the line feed at its end, from the row and its options
 * @param header First line of the document, without its line feed; none by default
 */
export function lineFormatter<Row>(
  format: (row: Row, options?: RowOptions) => string,
  header?: string,
): Formatter<Row> {
  return {
    begin: () => header === undefined ? "" : `${header}\n`,
    row: (row, options) => `${format(row, options)}\n`,
    end: () => "",
  };
}

/**
 * Makes a formatter from a function that formats one row as a paragraph; an empty line separates two of them.
 *
 * @param format Gives the text of a row without the line feed at its end
 */
export function paragraphFormatter<Row>(format: (row: Row) => string): Formatter<Row> {
  let separator = "";
  return {
    begin: () => "",
    row: (row) => {
      const text = `${separator}${format(row)}\n`;
      separator = "\n";
      return text;
    },
    end: () => "",
  };
}
