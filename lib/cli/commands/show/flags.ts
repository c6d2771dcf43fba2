/**
 * The flags of `sonde show`.
 *
 * @module
 */

import { type FlagGroups, type FlagValues, without } from "../../flags/flag.ts";
import { EXPECT_FLAGS, GENERAL_FLAGS, OUTPUT_FLAGS } from "../../flags/output_flags.ts";
import { BATCH_FLAGS } from "../batch/flags.ts";

/** The flags of `sonde show`. */
export const SHOW_FLAGS = {
  "Expectations": {
    expect: {
      ...EXPECT_FLAGS.expect,
      help:
        "condition that must hold, or the exit code is 1: 'status < 400', 'certificate.daysLeft > 14'; it replaces the expectations of the run",
    },
  },
  "Output": {
    ...without(BATCH_FLAGS.Output, "body", "dry-run"),
    verbose: { ...OUTPUT_FLAGS.verbose, help: "show each row whole, as sonde URL does" },
  },
  "General": GENERAL_FLAGS,
} as const satisfies FlagGroups;

/** The flags of `sonde show` as parsed. */
export type ShowFlags = FlagValues<typeof SHOW_FLAGS>;
