/**
 * The flags of `sonde diff`.
 *
 * @module
 */

import { formatFlag } from "../../output/formats.ts";
import type { FlagGroups, FlagValues } from "../../flags/flag.ts";
import { parseOutputFile } from "../../flags/flag_values.ts";
import { GENERAL_FLAGS } from "../../flags/output_flags.ts";

/** The flags of `sonde diff`. */
export const DIFF_FLAGS = {
  "Output": {
    json: { excludes: ["format"], help: "print one difference a line as JSON, the same as --format json" },
    format: formatFlag("differences"),
    output: { letter: "o", value: "FILE", parse: parseOutputFile, help: "write to FILE instead of stdout" },
    quiet: { letter: "q", help: "print nothing, only set the exit code; -o FILE is still written" },
  },
  "General": GENERAL_FLAGS,
} as const satisfies FlagGroups;

/** The flags of `sonde diff` as parsed. */
export type DiffFlags = FlagValues<typeof DIFF_FLAGS>;
