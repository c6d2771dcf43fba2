/**
 * Writes values as lines of JSON.
 *
 * @module
 */

import { escapeJson } from "./escape/text.ts";

/** Matches text of printable ASCII only, which needs no escaping. Nearly every value gives such text. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Writes any value as one line of JSON, without the line feed at its end. Characters that must not reach a terminal
 * raw are written as `\uHHHH`, so `JSON.parse` gives an equal value.
 *
 * @throws {TypeError} If JSON cannot express the value, such as `undefined`
 *
 * @example Usage
 * ```ts
 * import { formatJsonLine } from "./json_line.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(formatJsonLine({ reason: "\x9b" }), '{"reason":"\\u009b"}');
 * ```
 */
export function formatJsonLine(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) throw new TypeError(`Cannot write a value as JSON: JSON has no ${typeof value}`);
  return PLAIN.test(json) ? json : escapeJson(json);
}
