/**
 * Checks the width of text for people.
 *
 * @module
 */

import { assert } from "@std/assert";
import { columnsOf } from "../../lib/text/columns.ts";

/** Columns before a word that is too long for its line: half a line of other text, and the deepest indentation. */
function columnsBefore(width: number): number {
  return width / 2 + 10;
}

/** Asserts that each line fits, or is wider only because of a word that does not fit: a URL, a digest, a value. */
export function assertNarrow(text: string, width: number, name: string): void {
  for (const line of text.split("\n")) {
    const columns = columnsOf(line);
    const longest = Math.max(...line.split(" ").map(columnsOf));
    assert(
      columns <= width || longest > width - columnsBefore(width),
      `${name}: ${columns} columns of ${width}: ${JSON.stringify(line)}`,
    );
  }
}
