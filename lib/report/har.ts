/**
 * Results as an HTTP Archive, HAR 1.2.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { VERSION } from "../version.ts";
import { harEntry } from "./har/entry.ts";
import { formatJsonLine } from "./json.ts";
import { formatDocument, type ResultDocument } from "./result_document.ts";

/** A HAR document, one line for each hop. */
export class HarDocument implements ResultDocument {
  #separator = "\n";

  /** The beginning of the document. */
  begin(): string {
    const creator = formatJsonLine({ name: "sonde", version: VERSION });
    return `{"log":{"version":"1.2","creator":${creator},"entries":[`;
  }

  /** An entry for each hop of a result: the redirects before it, and itself. */
  add(result: ProbeResult): string {
    return [...result.redirects, result].map((hop) => {
      const separator = this.#separator;
      this.#separator = ",\n";
      return separator + formatJsonLine(harEntry(hop));
    }).join("");
  }

  /** The end of the document. */
  end(): string {
    return "\n]}}\n";
  }
}

/**
 * Formats results as an HTTP Archive.
 *
 * @returns The text of the whole file
 *
 * @example Usage
 * ```ts
 * import { formatHar } from "./har.ts";
 * import { probe } from "../probe.ts";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const { log } = JSON.parse(formatHar([await probe(`http://127.0.0.1:${server.addr.port}/`)]));
 * assertEquals(log.entries[0].response.status, 200);
 * ```
 */
export function formatHar(results: Iterable<ProbeResult>): string {
  return formatDocument(new HarDocument(), results);
}
