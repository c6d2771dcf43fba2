/**
 * Prints results in a format of its own: the slowest first, each with a bar in proportion to its time.
 *
 *     deno run --allow-net scripts/own_format.ts https://example.com/ https://example.org/
 *
 * @module
 */

import { probeAll } from "../lib/batch.ts";
import type { ProbeResult } from "../lib/probe.ts";
import { escapeText, formatDocument, formatDuration, type Formatter } from "../lib/report.ts";

const LONGEST_BAR = 40;

/** Remembers every result, since the slowest one is known only at the end. */
class SlowestFirst implements Formatter {
  readonly #results: ProbeResult[] = [];

  begin(): string {
    return "status      time\n";
  }

  row(result: ProbeResult): string {
    this.#results.push(result);
    return "";
  }

  end(): string {
    const sorted = this.#results.toSorted((one, other) => other.timings.total - one.timings.total);
    const slowest = sorted[0]?.timings.total ?? 0;
    return sorted.map(({ status, error, timings: { total }, input }) => {
      const bar = "#".repeat(Math.max(1, Math.round((LONGEST_BAR * total) / slowest)));
      const verdict = (error?.kind ?? String(status)).padEnd(8);
      return `${verdict}${formatDuration(total).padStart(8)}  ${escapeText(input)}  ${bar}\n`;
    }).join("");
  }
}

if (import.meta.main) {
  if (Deno.args.length === 0) {
    console.error("Usage: own_format.ts URL…");
    Deno.exit(2);
  }
  const results = await Array.fromAsync(probeAll(Deno.args));
  console.log(formatDocument(new SlowestFirst(), results).trimEnd());
  Deno.exit(results.every(({ ok }) => ok) ? 0 : 1);
}
