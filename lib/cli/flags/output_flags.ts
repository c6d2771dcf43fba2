/**
 * The flags about results that commands share, and the flags of every command.
 *
 * @module
 */

import { formatFlag } from "../output/formats.ts";
import { COLOR_CHOICES } from "../output/color_choice.ts";
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
      "condition that must hold, or the exit code is 1: 'status < 400', 'timings.wait < 300ms', 'body ~ /ok/', 'not header.etag'; --help lists all facts",
  },
} as const satisfies FlagTable;

/** The flags that choose the output and its destination. */
export const OUTPUT_FLAGS = {
  json: {
    excludes: ["format"],
    unlikeCurl: "curl's --json sends JSON: write -d DATA -H 'Content-Type: application/json'",
    help: "print one result a line as JSON, the same as --format json",
  },
  format: formatFlag("results"),
  output: {
    letter: "o",
    value: "FILE",
    parse: parseOutputFile,
    unlikeCurl: "curl's -o writes the content: write sonde get -o FILE",
    help: "write the results to FILE instead of stdout",
  },
  verbose: {
    letter: "v",
    excludes: ["quiet"],
    help: "show all details, also the request as it was sent, and for several URLs too",
  },
  quiet: {
    letter: "q",
    unlikeCurl: "curl's -q skips .curlrc: sonde has no settings file",
    help: "print no results and no notes, only set the exit code; -o FILE is still written",
  },
  body: { help: "also show the content of the response, with gzip, deflate and br decoded" },
  wire: {
    value: "FILE",
    parse: parseText,
    optional: true,
    help: "show every octet sent and received on stderr, or write them to FILE as JSON lines (- is stdout)",
  },
} as const satisfies FlagTable;

/** The flags of every command. */
export const GENERAL_FLAGS = {
  color: {
    value: "WHEN",
    parse: oneOf(...COLOR_CHOICES),
    default: "auto",
    help:
      "auto prints colours on a terminal, unless NO_COLOR is set or TERM is dumb; always prints them into pipes and files too; never prints none",
  },
  "no-color": { excludes: ["color"], help: "the same as --color never" },
  help: { letter: "h", help: "-h shows help on one screen, --help everything" },
  version: { letter: "V", help: "show the version" },
} as const satisfies FlagTable;
