/**
 * Writes the frame of an HTTP Archive: its beginning, and the separators between its entries.
 *
 * @module
 */

import { VERSION } from "../../version.ts";
import { formatJsonLine } from "../../text/json_line.ts";

/** Writes entries into a document, each on a line of its own. */
export class HarEntryList {
  #separator = "\n";

  /** Begins the document. The list of entries ends with `\n]`, and the document with `}}`. */
  begin(): string {
    const creator = formatJsonLine({ name: "sonde", version: VERSION });
    return `{"log":{"version":"1.2","creator":${creator},"entries":[`;
  }

  /** Formats the next entry. */
  add(entry: Record<string, unknown>): string {
    const separator = this.#separator;
    this.#separator = ",\n";
    return separator + formatJsonLine(entry);
  }
}
