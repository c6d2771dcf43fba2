/**
 * The flags of `sonde report`.
 *
 * @module
 */

import { formatFlag } from "../../output/formats.ts";
import type { FlagGroups, FlagTable, FlagValues } from "../../flags/flag.ts";
import { parseAnyText, parseOutputFile } from "../../flags/flag_values.ts";
import { parseWanted } from "../../only.ts";
import { GENERAL_FLAGS } from "../../flags/output_flags.ts";
import { parseMoment } from "./moment.ts";

const WINDOW_FLAGS = {
  from: {
    value: "MOMENT",
    parse: parseMoment,
    default: "7d",
    help: "start of the window: a duration before now, or a date in UTC, with or without a time",
  },
  to: { value: "MOMENT", parse: parseMoment, default: "now", help: "end of the window" },
  only: {
    value: "LIST",
    parse: parseWanted,
    many: true,
    help: "report only checks with one of these names or tags; \\, is a comma in a name",
  },
} as const satisfies FlagTable;

const OUTPUT_FLAGS = {
  json: { excludes: ["format"], help: "print one JSON object, the same as --format json" },
  format: formatFlag("uptime"),
  output: { letter: "o", value: "FILE", parse: parseOutputFile, help: "write to FILE instead of stdout" },
} as const satisfies FlagTable;

const FORGET_FLAGS = {
  forget: {
    value: "NAME",
    parse: parseAnyText,
    many: true,
    excludes: ["from", "to", "only", "json", "format", "output"],
    help: "remove the check with this name from the history instead of reporting",
  },
} as const satisfies FlagTable;

/** The flags of `sonde report`. */
export const REPORT_FLAGS = {
  "Window": WINDOW_FLAGS,
  "History": FORGET_FLAGS,
  "Output": OUTPUT_FLAGS,
  "General": GENERAL_FLAGS,
} as const satisfies FlagGroups;

/** The flags of `sonde report` as parsed. */
export type ReportFlags = FlagValues<typeof REPORT_FLAGS>;
