/**
 * Values as lines of JSON.
 *
 * @module
 */

import { escapeJson } from "./escape/text.ts";

/** Matches text of printable ASCII alone, which nearly every value gives: there is nothing to escape. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Writes any value as one line of JSON, without the line feed at its end. Characters that must not reach a terminal
 * raw are written as `\uHHHH`, so `JSON.parse` gives an equal value.
 *
 * @throws {TypeError} If JSON has no such value, as `undefined`
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
