/**
 * The flag for expectations.
 *
 * @module
 */

import type { FlagTable } from "./flag.ts";
import { parseText } from "./flag_values.ts";
import { UNLIKE_CURL } from "./unlike_curl.ts";

/** What is to hold of what was found. */
export const EXPECT_FLAGS = {
  expect: {
    letter: "e",
    value: "EXPR",
    parse: parseText,
    many: true,
    unlikeCurl: UNLIKE_CURL.expect,
    help:
      "what must hold, or the exit code is 1: 'status < 400', 'timings.wait < 300ms', 'body ~ /ok/', 'not header.etag'; " +
      "a fact that does not exist is answered with those that do",
  },
} as const satisfies FlagTable;
