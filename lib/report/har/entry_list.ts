/**
 * The frame of an HTTP Archive: what stands before its entries, and between them.
 *
 * @module
 */

import { VERSION } from "../../version.ts";
import { formatJsonLine } from "../../text/json_line.ts";

/** Writes entries into a document, each on a line of its own. */
export class HarEntryList {
  #separator = "\n";

  /** What stands before the first entry. The list ends with `\n]`, and the document with `}}`. */
  begin(): string {
    const creator = formatJsonLine({ name: "sonde", version: VERSION });
    return `{"log":{"version":"1.2","creator":${creator},"entries":[`;
  }

  /** The next entry. */
  add(entry: Record<string, unknown>): string {
    const separator = this.#separator;
    this.#separator = ",\n";
    return separator + formatJsonLine(entry);
  }
}
