/**
 * The views of a batch: lines, JSON or a document.
 *
 * @module
 */

import type { Paint } from "../../../text/paint.ts";
import type { LineColumn } from "../../../report/line_columns.ts";
import type { ProbeResult } from "../../../result.ts";
import { type DocumentFormat, isDocumentFormat, openDocument } from "../../output/document_formats.ts";

/** Turns rows into text. The header ends with LF or is empty; each row ends with LF. */
export interface BatchView {
  readonly header: string;
  row(result: ProbeResult): string;
  /** Gives the text after the last row. */
  end?(): string;
  /** The exit code, if the format has exit codes of its own. */
  readonly code?: (() => number) | undefined;
}

/** The formats of `--format`. */
export type BatchFormat = "text" | "json" | DocumentFormat;

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

/** Chooses the view for a format, and loads its modules. */
export async function chooseBatchView(
  format: BatchFormat,
  options: { readonly paint: Paint; readonly width: number; readonly maxTime: number },
): Promise<BatchView> {
  if (isDocumentFormat(format)) {
    const { document, code } = await openDocument(format, options);
    return {
      header: document.begin(),
      row: (result) => document.add(result),
      end: () => document.end(),
      code,
    };
  }
  switch (format) {
    case "json": {
      const { formatJson } = await import("../../../report/json.ts");
      return { header: "", row: (result) => `${formatJson(result)}\n` };
    }
    case "text": {
      const { formatLine, formatLineHeader } = await import("../../../report/line.ts");
      const line = { ...options, columns: COLUMNS };
      return { header: `${formatLineHeader(line)}\n`, row: (result) => `${formatLine(result, line)}\n` };
    }
  }
}
