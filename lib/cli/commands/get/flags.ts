/**
 * The flags of `sonde get`.
 *
 * @module
 */

import type { FlagGroups, FlagTable, FlagValues } from "../../flags/flag.ts";
import { oneOf, parseOutputFile, parseSizeLimit, parseTimeLimit } from "../../flags/flag_values.ts";
import { GENERAL_FLAGS, OUTPUT_FLAGS } from "../../flags/output_flags.ts";
import { LIMIT_FLAGS, REACHING_FLAGS, REQUEST_FLAGS } from "../../flags/request_flags.ts";

const { request, header, data, "user-agent": userAgent, user, "http1.0": http10, "request-target": target } =
  REQUEST_FLAGS;

/** What is sent: everything but HEAD, which has no content, and requests written by hand. */
const GET_REQUEST_FLAGS = {
  request,
  header,
  data,
  "user-agent": userAgent,
  user,
  "http1.0": http10,
  "request-target": target,
} as const satisfies FlagTable;

const {
  "connect-timeout": connectTimeout,
  "listen-first": listenFirst,
  "first-byte-timeout": firstByteTimeout,
  "max-head": maxHead,
  location,
  "max-redirs": maxRedirs,
} = LIMIT_FLAGS;

const GET_LIMIT_FLAGS = {
  "max-time": {
    letter: "m",
    value: "TIME",
    parse: parseTimeLimit,
    help: "for the whole download; without it, as long as something comes",
  },
  "connect-timeout": connectTimeout,
  "listen-first": listenFirst,
  "first-byte-timeout": firstByteTimeout,
  "stall-timeout": {
    value: "TIME",
    parse: parseTimeLimit,
    default: "30s",
    help:
      "for which nothing new may come, or nothing more be taken of a request; for the first octet too, without --first-byte-timeout",
  },
  "max-head": maxHead,
  "max-body": {
    value: "SIZE",
    parse: parseSizeLimit,
    help: "for the content; without it, as long as there is room",
  },
  location,
  "max-redirs": maxRedirs,
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
    help: "write to FILE, by way of FILE.part; without -o and -O the content goes to stdout",
  },
  "remote-name": {
    letter: "O",
    help: "write to a file here, with the name that Content-Disposition or the URL gives, made safe",
  },
  resume: {
    letter: "C",
    unlikeCurl: "curl's -C takes an offset: sonde takes the length of FILE.part",
    help:
      "go on with the part that an earlier run left, if the server still has that version; else start over",
  },
  force: { help: "replace a file that is there" },
  sha256: { value: "HEX", parse: parseSha256, help: "accept the content only with this SHA-256" },
} as const satisfies FlagTable;

const GET_OUTPUT_FLAGS = {
  json: { unlikeCurl: OUTPUT_FLAGS.json.unlikeCurl, help: "the result as one line of JSON" },
  progress: {
    value: "WHEN",
    parse: oneOf("auto", "never"),
    default: "auto",
    help: "auto shows a bar on a terminal, and one line at the end elsewhere; never shows neither",
  },
  quiet: {
    ...OUTPUT_FLAGS.quiet,
    help: "no summary and no progress: the exit code tells",
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
