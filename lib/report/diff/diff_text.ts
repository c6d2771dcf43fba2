/**
 * Formats differences as text for people.
 *
 * @module
 */

import { checkOptions } from "../../text/check_options.ts";
import { escapeText } from "../../text/escape/text.ts";
import { layOut, type View } from "../../text/layout.ts";
import { plain } from "../../text/paint.ts";
import { TEXT_OPTION_NAMES, type TextOptions } from "../text.ts";
import type { Difference } from "./diff.ts";

/**
 * Formats the differences between two saved results: each fact, and below it the old and the new value.
 *
 * @param title Name of the things that were compared
 * @returns Lines joined by LF, without one at the end
 */
export function formatDiff(
  title: string,
  differences: readonly Difference[],
  options: TextOptions = {},
): string {
  checkOptions(options, TEXT_OPTION_NAMES);
  const { paint = plain, width = 80 } = options;
  const view: View = { width: Math.max(40, width), paint, verbose: false };
  const margins = { first: 2, rest: 4 };
  const lines = differences.flatMap(({ fact, before, after }) => [
    ...layOut([["name", escapeText(fact)]], view),
    ...layOut([["bad", "- "], describe(before)], view, margins),
    ...layOut([["good", "+ "], describe(after)], view, margins),
  ]);
  const heading = layOut([["heading", escapeText(title)]], view);
  return [...heading, ...(lines.length === 0 ? ["no difference in behaviour"] : lines)].join("\n");
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return "(none)";
  return escapeText(typeof value === "string" ? value : JSON.stringify(value));
}
