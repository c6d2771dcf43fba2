/**
 * Formats the outcome of a series as JSON.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { formatJsonLine } from "../text/json_line.ts";
import type { SeriesSummary } from "./series.ts";

/**
 * Formats the summary of a series as one line of JSON, to follow the lines of its results. Its `kind` is `"summary"`, which
 * no result has; the durations in it are milliseconds.
 *
 * @param target The target of the series: any of its results
 * @returns The line without LF
 *
 * @example Usage
 * ```ts
 * import { formatSeriesJson, Series } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * const line = formatSeriesJson(new Series().summary(), { input: "a.test", url: "https://a.test/" });
 * assert(line.startsWith('{"schema":1,"kind":"summary","input":"a.test"'));
 * ```
 */
export function formatSeriesJson(summary: SeriesSummary, target: Pick<ProbeResult, "input" | "url">): string {
  const { input, url } = target;
  return formatJsonLine({ schema: 1, kind: "summary", input, url, ...summary });
}
