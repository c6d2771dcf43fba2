/**
 * How the rows of a batch are printed.
 *
 * @module
 */

import type { LineColumn } from "../report/line_columns.ts";
import type { ProbeResult } from "../result.ts";

/** Turns rows into text; the header ends with LF or is empty, each row ends with LF. */
export interface BatchView {
  readonly header: string;
  row(result: ProbeResult): string;
}

/** The formats that there are. */
export type BatchFormat = "text" | "json" | "csv" | "md";

const COLUMNS: readonly LineColumn[] = [
  "status",
  "time",
  "address",
  "server",
  "framing",
  "connection",
  "deviations",
  "target",
];

/** Chooses the view for a format, and loads what it needs. */
export async function chooseBatchView(
  format: BatchFormat,
  options: { readonly colour: boolean; readonly width: number },
): Promise<BatchView> {
  switch (format) {
    case "json": {
      const { formatJson } = await import("../report/json.ts");
      return { header: "", row: (result) => `${formatJson(result)}\n` };
    }
    case "csv": {
      const { formatCsv, formatCsvHeader } = await import("../report/csv.ts");
      return { header: `${formatCsvHeader()}\n`, row: (result) => `${formatCsv(result)}\n` };
    }
    case "md": {
      const { formatMarkdownHeader, formatMarkdownRow } = await import("../report/markdown.ts");
      return { header: `${formatMarkdownHeader()}\n`, row: (result) => `${formatMarkdownRow(result)}\n` };
    }
    case "text": {
      const { formatLine, formatLineHeader } = await import("../report/line.ts");
      const line = { ...options, columns: COLUMNS };
      return { header: `${formatLineHeader(line)}\n`, row: (result) => `${formatLine(result, line)}\n` };
    }
  }
}
