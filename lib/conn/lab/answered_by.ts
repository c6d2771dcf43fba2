/**
 * Reads the names of the server and of the proxies from an answer.
 *
 * @module
 */

import { fieldValues } from "../../http/field_list.ts";
import type { FieldLine } from "../../http/field_line.ts";
import { escapeOctets } from "../../text/escape/text.ts";

/** Gives the values of `Server`, and those of `Via` after `via `, as text without control characters. */
export function answeredBy(headers: readonly FieldLine[]): string[] {
  return [
    ...fieldValues(headers, "server").map(escapeOctets),
    ...fieldValues(headers, "via").map((value) => `via ${escapeOctets(value)}`),
  ];
}
