/**
 * Results as an HTTP Archive, HAR 1.2.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { harEntry } from "./har/entry.ts";
import { HarEntryList } from "./har/entry_list.ts";
import { formatDocument, type Formatter, type RowOptions } from "./formatter.ts";

/** A HAR document, one line for each hop. */
export class HarFormatter implements Formatter {
  readonly #entries = new HarEntryList();

  /** Begins the document. */
  begin(): string {
    return this.#entries.begin();
  }

  /** Formats an entry for each hop of a result: the redirects, then the result itself with the outcome of its check. */
  row(result: ProbeResult, { check }: RowOptions = {}): string {
    const hops = result.redirects.map((hop) => harEntry(hop));
    return [...hops, harEntry(result, check)].map((entry) => this.#entries.add(entry)).join("");
  }

  /** Ends the document. */
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
 * import { probe } from "https://deno.land/x/sonde/lib/probe.ts";
 * import { formatHar } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const { log } = JSON.parse(formatHar([await probe(`http://127.0.0.1:${server.addr.port}/`)]));
 * assert.equal(log.entries[0].response.status, 200);
 * ```
 */
export function formatHar(results: Iterable<ProbeResult>): string {
  return formatDocument(new HarFormatter(), results);
}
