/**
 * The flags of `sonde get`.
 *
 * @module
 */

import { type FlagGroups, type FlagTable, type FlagValues, without } from "../../flags/flag.ts";
import { oneOf, parseOutputFile, parseSizeLimit, parseTimeLimit } from "../../flags/flag_values.ts";
import { GENERAL_FLAGS, OUTPUT_FLAGS } from "../../flags/output_flags.ts";
import { LIMIT_FLAGS, REACHING_FLAGS, REQUEST_FLAGS } from "../../flags/request_flags.ts";

/**
 * The flags for the request. HEAD is missing, since its answer has no content; so is `--raw-request`, since
 * sonde cannot resume such a download.
 */
const GET_REQUEST_FLAGS = without(REQUEST_FLAGS, "head", "raw-request");

const GET_LIMIT_FLAGS = {
  ...LIMIT_FLAGS,
  "max-time": {
    letter: "m",
    value: "TIME",
    parse: parseTimeLimit,
    help: "time limit for the whole download (default: none while content keeps coming)",
  },
  "stall-timeout": {
    value: "TIME",
    parse: parseTimeLimit,
    default: "30s",
    help:
      "time limit for silence while sonde sends the request or receives the content; also for the first octet, unless --first-byte-timeout is given",
  },
  "max-body": { value: "SIZE", parse: parseSizeLimit, help: "size limit for the content (default: none)" },
} as const satisfies FlagTable;

/** Reads a SHA-256 in hex. */
function parseSha256(text: string): string {
  if (!/^[0-9a-fA-F]{64}$/.test(text)) {
    throw new SyntaxError(`Cannot use "${text}": a SHA-256 has 64 hexadecimal digits`);
  }
  return text.toLowerCase();
}

const FILE_FLAGS = {
  output: {
    letter: "o",
    value: "FILE",
    parse: parseOutputFile,
    excludes: ["remote-name"],
    help: "write to FILE, through FILE.part; without -o and -O the content goes to stdout",
  },
  "remote-name": {
    letter: "O",
    help: "write to a file in the current folder, named safely after Content-Disposition or the URL",
  },
  resume: {
    letter: "C",
    unlikeCurl: "curl's -C takes an offset: sonde takes the length of FILE.part",
    help: "continue with the part of an earlier run if the server still has that version, or start over",
  },
  force: { help: "replace an existing file" },
  sha256: { value: "HEX", parse: parseSha256, help: "accept only content with this SHA-256" },
} as const satisfies FlagTable;

const GET_OUTPUT_FLAGS = {
  json: { unlikeCurl: OUTPUT_FLAGS.json.unlikeCurl, help: "print the result as one line of JSON" },
  progress: {
    value: "WHEN",
    parse: oneOf("auto", "never"),
    default: "auto",
    help: "auto shows a bar on a terminal; never shows none",
  },
  quiet: {
    ...OUTPUT_FLAGS.quiet,
    help: "print no summary and no progress, only set the exit code",
  },
  wire: OUTPUT_FLAGS.wire,
} as const satisfies FlagTable;

/** The flags of `sonde get`. */
export const GET_FLAGS = {
  "File": FILE_FLAGS,
  "Request": GET_REQUEST_FLAGS,
  "Reaching the server": REACHING_FLAGS,
  "Limits": GET_LIMIT_FLAGS,
  "Output": GET_OUTPUT_FLAGS,
  "General": GENERAL_FLAGS,
} as const satisfies FlagGroups;

/** The flags of `sonde get` as parsed. */
export type GetFlags = FlagValues<typeof GET_FLAGS>;
