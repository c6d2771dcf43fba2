/**
 * The formats in which all results together make one document.
 *
 * @module
 */

import type { NagiosDocument } from "../../report/nagios.ts";
import type { ResultDocument } from "../../report/result_document.ts";
import type { ProbeResult } from "../../result.ts";

/** Their names, as `--format` takes them. */
export const DOCUMENT_FORMATS = ["csv", "md", "har", "junit", "prom", "nagios"] as const;

/** One of {@linkcode DOCUMENT_FORMATS}. */
export type DocumentFormat = typeof DOCUMENT_FORMATS[number];

/** A document, and the exit code where the format has exit codes of its own. */
export interface OpenDocument {
  readonly document: ResultDocument;
  readonly code?: () => number;
}

/** Whether a format makes one document of all results. */
export function isDocumentFormat(format: string | undefined): format is DocumentFormat {
  return DOCUMENT_FORMATS.some((name) => name === format);
}

/**
 * Begins a document, and loads what it needs.
 *
 * @param options `maxTime` is the limit for one probe in milliseconds, `tagged` says that results have tags to know
 * them by.
 */
export async function openDocument(
  format: DocumentFormat,
  options: { maxTime?: number; tagged?: boolean },
): Promise<OpenDocument> {
  switch (format) {
    case "csv": {
      const { formatCsv, formatCsvHeader } = await import("../../report/csv.ts");
      return { document: rowDocument(formatCsvHeader(), formatCsv) };
    }
    case "md": {
      const { formatMarkdownHeader, formatMarkdownRow } = await import("../../report/markdown.ts");
      return {
        document: rowDocument(formatMarkdownHeader(options), (result) => formatMarkdownRow(result, options)),
      };
    }
    case "har":
      return { document: new (await import("../../report/har.ts")).HarDocument() };
    case "junit":
      return { document: new (await import("../../report/junit.ts")).JunitDocument() };
    case "prom":
      return { document: new (await import("../../report/prom.ts")).PromDocument(options) };
    case "nagios": {
      const document: NagiosDocument = new (await import("../../report/nagios.ts")).NagiosDocument();
      return { document, code: () => document.code };
    }
  }
}

/** A table: its head, and a row for each result. */
function rowDocument(head: string, row: (result: ProbeResult) => string): ResultDocument {
  return { begin: () => `${head}\n`, add: (result) => `${row(result)}\n`, end: () => "" };
}
