/**
 * Reads points in time.
 *
 * @module
 */

import { parseDuration } from "../../../text/duration.ts";

/**
 * Reads a date, a date with a time, `now`, or a duration before now such as `7d`.
 *
 * @returns A function that gives milliseconds since 1970 for a given now.
 * @throws {SyntaxError} If the text has another form.
 */
export function parseMoment(text: string): (now: number) => number {
  if (text === "now") return (now) => now;
  if (/^\d{4}-\d\d-\d\d/.test(text)) {
    // A time without a zone is UTC, like all times in a report.
    const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(text) || text.length === 10 ? text : `${text}Z`;
    const at = Date.parse(zoned.replace(" ", "T"));
    if (Number.isNaN(at) || !isDate(text.slice(0, 10))) {
      throw new SyntaxError(`Cannot read "${text}": write a date as in 2026-03-01T12:00`);
    }
    return () => at;
  }
  if (!/^[0-9.]/.test(text)) {
    throw new SyntaxError(
      `Cannot read "${text}": write how long ago, as in 7d, or a date, as in 2026-03-01T12:00`,
    );
  }
  if (/^\d+$/.test(text)) {
    throw new SyntaxError(
      `Cannot read "${text}": write a unit, as in ${text}d or ${text}h, or a date, as in 2026-03-01`,
    );
  }
  const ms = parseDuration(text);
  return (now) => now - ms;
}

/** Tells if the calendar has a date: `Date.parse()` takes 2026-02-30 for the second of March. */
function isDate(text: string): boolean {
  return new Date(`${text}T00:00Z`).toISOString().startsWith(text);
}
