/**
 * Reads fields whose value is a list of elements divided by commas (RFC 9110 §5.6.1).
 *
 * @module
 */

import type { FieldLine } from "./field_line.ts";
import { trimOws } from "./octets.ts";

/** Gives the values of all lines of one name, in order. Names compare case-insensitively. */
export function fieldValues(fields: readonly Readonly<FieldLine>[], name: string): string[] {
  const wanted = name.toLowerCase();
  const values: string[] = [];
  for (const [given, value] of fields) {
    if (given.length === wanted.length && given.toLowerCase() === wanted) values.push(value);
  }
  return values;
}

/**
 * Splits a list at its commas, except those inside quoted strings.
 *
 * @returns The elements without the blanks around them; empty elements stay as `""`
 */
export function splitList(value: string): string[] {
  if (!value.includes(",")) return [trimOws(value)];
  if (!value.includes('"')) return value.split(",").map(trimOws);
  const elements: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < value.length; i++) {
    const unit = value[i];
    if (quoted && unit === "\\") i++;
    else if (unit === '"') quoted = !quoted;
    else if (unit === "," && !quoted) {
      elements.push(trimOws(value.slice(start, i)));
      start = i + 1;
    }
  }
  elements.push(trimOws(value.slice(start)));
  return elements;
}

/** Gives the elements of all lines of one name in lower case, without empty ones. */
export function listElements(fields: readonly FieldLine[], name: string): string[] {
  return fieldValues(fields, name).flatMap(splitList).filter((element) => element !== "")
    .map((element) => element.toLowerCase());
}
