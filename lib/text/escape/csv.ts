import { escapeMessage } from "./text.ts";

/** A value of a cell; `undefined` leaves it empty. */
export type CsvCell = string | number | boolean | undefined;

/** Matches text that a spreadsheet takes for a formula. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** Writes a cell of CSV (RFC 4180): control characters escaped, quoted where needed, and never a formula. */
export function escapeCsv(cell: CsvCell): string {
  if (cell === undefined) return "";
  if (typeof cell !== "string") return String(cell);
  // A column may have escaped its text already: doing it again changes nothing.
  const escaped = escapeMessage(cell);
  const safe = FORMULA.test(escaped) ? `'${escaped}` : escaped;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rounds a time for a cell: microseconds are enough, and keep the columns narrow. */
export function csvMilliseconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 1000) / 1000;
}
