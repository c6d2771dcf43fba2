/**
 * The flags about results that commands share, and the flags of every command.
 *
 * @module
 */

import { DOCUMENT_FORMATS } from "../output/document_formats.ts";
import type { FlagTable } from "./flag.ts";
import { oneOf, parseOutputFile, parseText } from "./flag_values.ts";

/** The flag for expectations about results. */
export const EXPECT_FLAGS = {
  expect: {
    letter: "e",
    value: "EXPR",
    parse: parseText,
    many: true,
    unlikeCurl: "curl's -e sets the Referer: write -H 'Referer: URL'",
    help:
      "what must hold, or the exit code is 1: 'status < 400', 'timings.wait < 300ms', 'body ~ /ok/', 'not header.etag'; " +
      "a fact that does not exist is answered with those that do",
  },
} as const satisfies FlagTable;

/** The choice of what is printed, and where to. */
export const OUTPUT_FLAGS = {
  json: {
    excludes: ["format"],
    unlikeCurl: "curl's --json sends JSON: write -d DATA -H 'Content-Type: application/json'",
    help: "one result a line as JSON, the same as --format json",
  },
  format: {
    value: "FORMAT",
    parse: oneOf("text", "json", ...DOCUMENT_FORMATS),
    help: "text, json, csv, md, har, junit, prom (a textfile for Prometheus) or nagios (with its exit codes)",
  },
  output: {
    letter: "o",
    value: "FILE",
    parse: parseOutputFile,
    unlikeCurl: "curl's -o writes the content: write sonde get -o FILE",
    help: "write the results to FILE instead of stdout",
  },
  verbose: { letter: "v", excludes: ["quiet"], help: "everything that is known, for several URLs too" },
  quiet: {
    letter: "q",
    unlikeCurl: "curl's -q skips .curlrc: sonde has no settings file",
    help: "no results and no notes: the exit code tells; -o FILE is written all the same",
  },
  body: { help: "show the content of the response as well; gzip, deflate and br are decoded" },
  wire: {
    value: "FILE",
    parse: parseText,
    optional: true,
    help: "show every octet sent and received on stderr, or write them to FILE (- is stdout) as JSON lines",
  },
} as const satisfies FlagTable;

/** The flags of every command. */
export const GENERAL_FLAGS = {
  "no-color": { help: "no colours, as with NO_COLOR in the environment or where stdout is no terminal" },
  help: { letter: "h", help: "show this help" },
  version: { letter: "V", help: "show the version" },
} as const satisfies FlagTable;
