/**
 * The flags of `sonde parse`.
 *
 * @module
 */

import { formatFlag } from "../../output/formats.ts";
import type { FlagGroups, FlagTable, FlagValues } from "../../flags/flag.ts";
import { oneOf, parseList } from "../../flags/flag_values.ts";
import { GENERAL_FLAGS } from "../../flags/output_flags.ts";
import { LIMIT_FLAGS } from "../../flags/request_flags.ts";

const CAPTURE_FLAGS = {
  method: {
    value: "LIST",
    parse: parseList,
    help:
      "methods of the answered requests, HEAD or GET,HEAD,GET; the last one applies to all further responses (default GET, or those in a wire capture)",
  },
  request: { excludes: ["method", "end"], help: "read requests instead of responses" },
  end: {
    value: "HOW",
    parse: oneOf("fin", "tls-truncated", "rst", "open"),
    help:
      "how the stream ended after the last octet: fin (the default), tls-truncated, rst, or open if more may come; " +
      "in a wire capture it applies to the connections without an end",
  },
  "max-head": LIMIT_FLAGS["max-head"],
} as const satisfies FlagTable;

const PARSE_OUTPUT_FLAGS = {
  json: { excludes: ["format"], help: "print one message a line as JSON" },
  format: formatFlag("messages"),
  body: { help: "also show the content" },
  verbose: { letter: "v", excludes: ["quiet"], help: "show every place of every deviation" },
  quiet: { letter: "q", help: "print nothing, only set the exit code" },
} as const satisfies FlagTable;

/** The flags of `sonde parse`. */
export const PARSE_FLAGS = {
  "Capture": CAPTURE_FLAGS,
  "Output": PARSE_OUTPUT_FLAGS,
  "General": GENERAL_FLAGS,
} as const satisfies FlagGroups;

/** The flags of `sonde parse` as parsed. */
export type ParseFlags = FlagValues<typeof PARSE_FLAGS>;
