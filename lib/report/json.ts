/**
 * Results as NDJSON.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { escapeJson } from "./escape.ts";

/** Nearly every result: nothing but printable ASCII, and so nothing to escape. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Any value as one line of JSON without the line feed at its end. What must not reach a terminal raw is
 * written as `\uHHHH`, which stands for the same string.
 */
export function formatJsonLine(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) throw new TypeError(`Cannot write a value as JSON: JSON has no ${typeof value}`);
  return PLAIN.test(json) ? json : escapeJson(json);
}

/**
 * One result as one line of NDJSON, without the line feed at its end: `JSON.parse` gives an equal object.
 * Header values and reasons have one code unit per octet.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatJsonLine } from "./json.ts";
 *
 * assertEquals(formatJsonLine({ reason: "\x9b" }), '{"reason":"\\u009b"}');
 * ```
 */
export function formatJson(result: ProbeResult): string {
  return formatJsonLine(result);
}
