/**
 * The flags of `sonde watch`.
 *
 * @module
 */

import { formatFlag } from "../../output/formats.ts";
import { parseDuration } from "../../../text/duration.ts";
import type { FlagGroups, FlagTable, FlagValues } from "../../flags/flag.ts";
import { parseCount, parseKeptFile, parseOutputFile } from "../../flags/flag_values.ts";
import { parseWanted } from "../../only.ts";
import { GENERAL_FLAGS } from "../../flags/output_flags.ts";

const CHECKING_FLAGS = {
  check: { help: "only check the task file, list the permissions that it needs, and send nothing" },
  once: {
    help: "run every check once and set the exit code, for cron and CI; notices and counts need --history",
  },
  only: {
    value: "LIST",
    parse: parseWanted,
    many: true,
    help: "run only checks with one of these names or tags; \\, is a comma in a name",
  },
  concurrency: {
    letter: "c",
    value: "N",
    parse: parseCount,
    default: "100",
    help: "checks that run at the same time",
  },
} as const satisfies FlagTable;

const HISTORY_FLAGS = {
  history: {
    value: "FILE",
    parse: parseKeptFile,
    help: "keep results in this SQLite file; states and undelivered messages survive a restart",
  },
  keep: {
    value: "TIME",
    parse: parseDuration,
    default: "90d",
    help: "how long to keep the history; 0 keeps everything",
  },
} as const satisfies FlagTable;

const OUTPUT_FLAGS = {
  json: { excludes: ["format"], help: "print runs and changes as JSON lines; with --once, the results" },
  format: { ...formatFlag("results"), help: `text or json; with --once ${formatFlag("results").help}` },
  output: { letter: "o", value: "FILE", parse: parseOutputFile, help: "write to FILE instead of stdout" },
  verbose: { letter: "v", excludes: ["quiet"], help: "show every run, not only changes" },
  quiet: { letter: "q", help: "print only errors; sonde still writes -o FILE" },
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
