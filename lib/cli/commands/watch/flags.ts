/**
 * The flags of `sonde watch`.
 *
 * @module
 */

import { parseDuration } from "../../../text/duration.ts";
import { DOCUMENT_FORMATS } from "../../output/document_formats.ts";
import type { FlagGroups, FlagTable, FlagValues } from "../../flags/flag.ts";
import { oneOf, parseCount, parseKeptFile, parseList, parseOutputFile } from "../../flags/flag_values.ts";
import { GENERAL_FLAGS } from "../../flags/output_flags.ts";

const CHECKING_FLAGS = {
  check: { excludes: ["once"], help: "only say whether the file is in order; nothing is sent" },
  once: { help: "run every check once, for cron and CI; the exit code tells" },
  only: { value: "LIST", parse: parseList, help: "only checks with one of these names or tags" },
  concurrency: {
    letter: "c",
    value: "N",
    parse: parseCount,
    default: "100",
    help: "checks under way at once",
  },
} as const satisfies FlagTable;

const HISTORY_FLAGS = {
  history: {
    value: "FILE",
    parse: parseKeptFile,
    help: "keep what is found in this SQLite file; states and unsent notices outlive a restart",
  },
  keep: {
    value: "TIME",
    parse: parseDuration,
    default: "90d",
    help: "how long the history goes back, 0 for ever",
  },
} as const satisfies FlagTable;

const OUTPUT_FLAGS = {
  json: { excludes: ["format"], help: "runs and changes as JSON lines; with --once the results" },
  format: {
    value: "FORMAT",
    parse: oneOf("text", "json", ...DOCUMENT_FORMATS),
    help: "text or json; with --once also csv, md, har, junit, prom or nagios",
  },
  output: { letter: "o", value: "FILE", parse: parseOutputFile, help: "write to FILE instead of stdout" },
  verbose: { letter: "v", excludes: ["quiet"], help: "show every run, not only changes" },
  quiet: { letter: "q", help: "print nothing but mistakes; -o FILE is written all the same" },
} as const satisfies FlagTable;

/** The flags of `sonde watch`. */
export const WATCH_FLAGS = {
  "Checks": CHECKING_FLAGS,
  "History": HISTORY_FLAGS,
  "Output": OUTPUT_FLAGS,
  "General": GENERAL_FLAGS,
} as const satisfies FlagGroups;

/** The flags of `sonde watch` as parsed. */
export type WatchFlags = FlagValues<typeof WATCH_FLAGS>;
