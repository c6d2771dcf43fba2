/**
 * What every format for several results has in common.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";

/**
 * A format in which all results together make one document. The texts of `begin`, `add` for each result and `end`, one
 * after the other, are the document; some formats can only tell everything at the end.
 */
export interface ResultDocument {
  /** The beginning. */
  begin(): string;
  /** What a result adds. `maxTime` is the limit that it had in milliseconds, where that is not the same for all. */
  add(result: ProbeResult, options?: { readonly maxTime?: number | undefined }): string;
  /** The end. */
  end(): string;
}

/** The whole document of some results. */
export function formatDocument(document: ResultDocument, results: Iterable<ProbeResult>): string {
  let text = document.begin();
  for (const result of results) text += document.add(result);
  return text + document.end();
}
