/**
 * Sets text that must stay whole, such as a URL that a reader clicks or copies.
 *
 * @module
 */

import { columnsOf } from "./columns.ts";
import { escapeMessage } from "./escape/text.ts";
import type { Span, View } from "./layout.ts";
import { type Paint, plain } from "./paint.ts";

/** Columns before text that needs nearly the whole line. */
const LEAST_INDENT = 2;

/** Sets spans as one line, whatever their width. Escapes line feeds in the text. */
export function setLine(spans: readonly Span[], paint: Paint): string {
  return spans.map((span) =>
    typeof span === "string" ? escapeMessage(span) : paint(span[0], escapeMessage(span[1]))
  ).join("").trimEnd();
}

/**
 * Lays out a text that is never broken, after a beginning. If both do not fit in one line, the text gets a line of its
 * own. If that is too narrow too, the terminal wraps the line, and still knows the text as one piece.
 *
 * @param beginning Text in front, which fits in a line
 * @param indent Columns before a line of its own, unless the text fits only with fewer of them
 */
export function layOutWhole(
  beginning: readonly Span[],
  whole: Span,
  { width, paint }: Pick<View, "width" | "paint">,
  indent: number,
): string[] {
  const line = [...beginning, whole];
  if (columnsOf(setLine(line, plain)) <= width) return [setLine(line, paint)];
  const fits = indent + columnsOf(setLine([whole], plain)) <= width;
  return [setLine(beginning, paint), " ".repeat(fits ? indent : LEAST_INDENT) + setLine([whole], paint)];
}
