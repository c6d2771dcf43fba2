/**
 * The views of a batch: lines, JSON or a document.
 *
 * @module
 */

import type { Paint } from "../../../text/paint.ts";
import type { RowColumn } from "../../../report/row_columns.ts";
import { type Formatter, lineFormatter } from "../../../report/formatter.ts";
import { type FormatName, loadFormatter } from "../../output/formats.ts";

const COLUMNS: readonly RowColumn[] = [
  "status",
  "time",
  "address",
  "server",
  "framing",
  "connection",
  "deviations",
  "target",
];

/** Chooses the formatter of the rows, and loads its modules. */
export async function chooseBatchView(
  format: FormatName<"results">,
  options: { readonly paint: Paint; readonly width: number; readonly maxTime?: number | undefined },
): Promise<Formatter> {
  const formatter = await loadFormatter("results", format, options);
  if (formatter !== undefined) return formatter;
  const { formatTextRow, formatTextRowHeader } = await import("../../../report/text_row.ts");
  const line = { paint: options.paint, width: options.width, columns: COLUMNS };
  return lineFormatter((result) => formatTextRow(result, line), formatTextRowHeader(line));
}
