/**
 * The flags of `sonde probe`.
 *
 * @module
 */

import { DRY_RUN_FLAGS } from "../../dry_run/flags.ts";
import type { FlagGroups, FlagTable, FlagValues } from "../../flags/flag.ts";
import { parseCount, parseInterval } from "../../flags/flag_values.ts";
import { EXPECT_FLAGS, GENERAL_FLAGS, OUTPUT_FLAGS } from "../../flags/output_flags.ts";
import { LIMIT_FLAGS, REACHING_FLAGS, REQUEST_FLAGS } from "../../flags/request_flags.ts";

/** The flags that repeat a request. */
const REPEAT_FLAGS = {
  count: {
    letter: "n",
    value: "N",
    parse: parseCount,
    default: "1",
    unlikeCurl: "curl's -n reads .netrc: write -u NAME:PASSWORD",
    help: "number of requests to each URL; a summary follows at the end",
  },
  interval: {
    letter: "i",
    value: "TIME",
    parse: parseInterval,
    default: "0s",
    unlikeCurl: "curl's -i shows the head: sonde always shows it",
    help: "time from the start of one request to the start of the next",
  },
  reuse: {
    help:
      "send all requests on one connection while it stays open; each row appears once the next request has been sent",
  },
} as const satisfies FlagTable;

/** The flags of `sonde probe`. */
export const PROBE_FLAGS = {
  "Request": REQUEST_FLAGS,
  "Reaching the server": REACHING_FLAGS,
  "Limits": LIMIT_FLAGS,
  "Repeating": REPEAT_FLAGS,
  "Expectations": EXPECT_FLAGS,
  "Output": { ...OUTPUT_FLAGS, ...DRY_RUN_FLAGS },
  "General": GENERAL_FLAGS,
} as const satisfies FlagGroups;

/** The flags of `sonde probe` as parsed. */
export type ProbeFlags = FlagValues<typeof PROBE_FLAGS>;
