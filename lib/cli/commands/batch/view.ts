/**
 * The views of a batch: rows, JSON or a document.
 *
 * @module
 */

import type { Formatter } from "../../../report/formatter.ts";
import { type FormatName, type FormatOptions, loadFormatter } from "../../output/formats.ts";
import type { RowLook } from "../../output/row_look.ts";

/** Chooses the formatter of the rows, and loads its modules. */
export async function chooseBatchView(
  format: FormatName<"results">,
  look: RowLook,
  options: FormatOptions = {},
): Promise<Formatter> {
  const formatter = await loadFormatter("results", format, options);
  if (formatter !== undefined) return formatter;
  return (await import("../../../report/row_formatter.ts")).makeRowFormatter(look);
}
