/**
 * Results as one HTML page, which needs no network.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { formatDocument, type Formatter, type RowOptions } from "./formatter.ts";
import { renderRun } from "./html/run/render_run.ts";
import { RunTally } from "./html/run/run_tally.ts";

/** The page of a run. All of its text comes at the end; until then it keeps figures, and a bounded number of rows. */
export class HtmlFormatter implements Formatter {
  readonly #tally = new RunTally();

  /** Begins the document; it has no text yet. */
  begin(): string {
    return "";
  }

  /** Adds a result to the page. With its check, the verdict is that of the check. */
  row(result: ProbeResult, { check }: RowOptions = {}): string {
    this.#tally.add(result, { check });
    return "";
  }

  /** Adds a result to the figures of the page, but not to its table. */
  count(result: ProbeResult, { check }: RowOptions = {}): void {
    this.#tally.add(result, { check, shown: false });
  }

  /** Gives the page. */
  end(): string {
    return renderRun(this.#tally);
  }
}

/**
 * Formats results as one HTML page: counts, errors, times, connection behaviour, deviations, and a table of the results.
 *
 * @returns The text of the whole file
 *
 * @example Usage
 * ```ts
 * import { probe } from "https://deno.land/x/sonde/lib/probe.ts";
 * import { formatHtml } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const html = formatHtml([await probe(`http://127.0.0.1:${server.addr.port}/`)]);
 * assert(html.includes("The target is ok"));
 * ```
 */
export function formatHtml(results: Iterable<ProbeResult>): string {
  return formatDocument(new HtmlFormatter(), results);
}
