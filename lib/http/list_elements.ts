/**
 * Splits a list field into elements with their places.
 *
 * @module
 */

import type { IndexedValue } from "./framing_verdict.ts";
import { isBlank, trimOws } from "./octets.ts";

/** One element of a list field. */
export interface ListElement {
  /** Without the blanks around it; `""` for an empty element. */
  readonly text: string;
  /** Index of its field line. */
  readonly field: number;
  /** Index of its first octet in the value of the line; absent if it is the only element of the line. */
  readonly at?: number;
}

/**
 * Splits the values of all lines of one name at their commas.
 *
 * @param quotedStrings True if commas inside quoted strings do not separate elements (RFC 9110 §5.6.4)
 */
export function listElementsOf(lines: readonly IndexedValue[], quotedStrings: boolean): ListElement[] {
  return lines.flatMap(({ field, value }): ListElement[] => {
    if (!value.includes(",")) return [{ text: trimOws(value), field }];
    const elements: ListElement[] = [];
    let start = 0;
    for (const comma of [...commasOf(value, quotedStrings), value.length]) {
      let at = start;
      while (at < comma && isBlank(value.charCodeAt(at))) at++;
      elements.push({ text: trimOws(value.slice(at, comma)), field, at });
      start = comma + 1;
    }
    // The list has one element, whose comma is inside a quoted string.
    return elements.length > 1 ? elements : [{ text: elements[0]!.text, field }];
  });
}

function commasOf(value: string, quotedStrings: boolean): number[] {
  const commas: number[] = [];
  let quoted = false;
  for (let i = 0; i < value.length; i++) {
    const unit = value[i];
    if (quoted && unit === "\\") i++;
    else if (unit === '"' && quotedStrings) quoted = !quoted;
    else if (unit === "," && !quoted) commas.push(i);
  }
  return commas;
}
