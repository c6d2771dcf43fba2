/**
 * Shortens what an experiment measured to one line.
 *
 * @module
 */

import { columnsOf, fitColumns } from "../../text/columns.ts";

/** Marks a text that goes on. */
const MORE = "…";

/** Cuts a text to a number of columns: between two of its clauses if it can, otherwise between two words. */
export function shortenSummary(summary: string, columns: number): string {
  if (columnsOf(summary) <= columns) return summary;
  const end = fitColumns(summary, 0, Math.max(1, columns - MORE.length));
  // The blank behind a word that fits exactly counts.
  const fitting = summary.slice(0, end + 1);
  const clause = Math.max(...["; ", ", ", ": "].map((mark) => fitting.lastIndexOf(mark)));
  const cut = clause > end / 3 ? clause : fitting.lastIndexOf(" ");
  // A number without its unit says something else.
  const text = summary.slice(0, cut > 0 ? cut : end).replace(/ [0-9][0-9.,]*$/, "");
  // Half of what stands in brackets, or of what a colon announces, says nothing.
  const whole = text.replace(/ \([^()]*$/, "").replace(/[:;,]$/, "");
  return `${whole === "" ? text : whole}${MORE}`;
}
