/**
 * The flags of `sonde report`.
 *
 * @module
 */

import { parseDuration } from "../../units.ts";
import type { FlagGroups, FlagTable, FlagValues } from "./flag.ts";
import { oneOf, parseList, parseOutputFile } from "./flag_values.ts";
import { GENERAL_FLAGS } from "./flags_output.ts";

/** Reads a moment: a date, a date and time, or how long ago; gives milliseconds since 1970 for a given now. */
function parseMoment(text: string): (now: number) => number {
  if (text === "now") return (now) => now;
  if (/^\d{4}-\d\d-\d\d/.test(text)) {
    // A time without a zone is UTC, as everything in a report is.
    const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(text) || text.length === 10 ? text : `${text}Z`;
    const at = Date.parse(zoned.replace(" ", "T"));
    if (Number.isNaN(at)) throw new SyntaxError(`Cannot read "${text}": write a date as in 2026-03-01T12:00`);
    return () => at;
  }
  if (!/^[0-9.]/.test(text)) {
    throw new SyntaxError(
      `Cannot read "${text}": write how long ago, as in 7d, or a date, as in 2026-03-01T12:00`,
    );
  }
  const ms = parseDuration(text);
  return (now) => now - ms;
}

const WINDOW_FLAGS = {
  from: {
    value: "WHEN",
    parse: parseMoment,
    default: "7d",
    help: "beginning of the window: how long ago, or a date, with a time or without (UTC)",
  },
  to: { value: "WHEN", parse: parseMoment, default: "now", help: "end of the window" },
  only: { value: "LIST", parse: parseList, help: "only checks with one of these names or tags" },
} as const satisfies FlagTable;

const OUTPUT_FLAGS = {
  json: { excludes: ["format"], help: "one JSON object, the same as --format json" },
  format: {
    value: "FORMAT",
    parse: oneOf("text", "json", "csv", "html"),
    help: "text, json, csv (a line for each check) or html (one page, no network, no script)",
  },
  output: { letter: "o", value: "FILE", parse: parseOutputFile, help: "write to FILE instead of stdout" },
} as const satisfies FlagTable;

/** The flags of `sonde report`. */
export const REPORT_FLAGS = {
  "Window": WINDOW_FLAGS,
  "Output": OUTPUT_FLAGS,
  "General": GENERAL_FLAGS,
} as const satisfies FlagGroups;

/** The flags of `sonde report` as parsed. */
export type ReportFlags = FlagValues<typeof REPORT_FLAGS>;
