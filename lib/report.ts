/**
 * Formats results and profiles as text, JSON, CSV, HAR and so on; every formatter returns a string.
 *
 * @example Usage
 * ```ts
 * import { probe } from "https://deno.land/x/sonde/lib/probe.ts";
 * import { formatResult } from "https://deno.land/x/sonde/lib/report.ts";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const text = formatResult(await probe(`http://127.0.0.1:${server.addr.port}/`));
 * if (!text.includes("200 OK")) throw new Error(text);
 * ```
 *
 * @module
 */

// Results
export { formatResult, type TextOptions } from "./report/text.ts";
export {
  formatTextRow,
  formatTextRowHeader,
  type RowColumn,
  type TextRowOptions,
} from "./report/text_row.ts";
export { formatJson } from "./report/json.ts";
export { formatCheckCsvHeader, formatCsv, formatCsvHeader } from "./report/csv.ts";
export {
  checkMarkdownFormatter,
  formatMarkdownHeader,
  formatMarkdownRow,
  type MarkdownOptions,
} from "./report/markdown.ts";
export { formatHar, HarFormatter } from "./report/har.ts";
export { formatHtml, HtmlFormatter } from "./report/html.ts";
export { formatJunit, formatProfileJunit, JunitFormatter, ProfileJunitFormatter } from "./report/junit.ts";
export {
  formatProfileProm,
  formatProm,
  ProfilePromFormatter,
  PromFormatter,
  type PromOptions,
} from "./report/prom.ts";
export { formatNagios, type NagiosCode, nagiosCode, NagiosFormatter } from "./report/nagios.ts";
export { formatDocument, type Formatter, lineFormatter, type RowOptions } from "./report/formatter.ts";
export type { CheckOutcome, EndingCertificate } from "./report/check_outcome.ts";
export { describeBrokenCheck } from "./report/describe_check.ts";
export { chainCertificates, chainStart, chainTotal, earliestCertificate } from "./redirect_chain.ts";

// Many results
export { type Tally } from "./report/summary/counter.ts";
export { type BatchSummary, BatchTally, type SlowTarget } from "./report/summary/batch_summary.ts";
export { type BatchSummaryOptions, formatBatchSummary } from "./report/summary/batch_summary_text.ts";
export type { LagSummary } from "./report/summary/lag_summary.ts";
export {
  type Distribution,
  type Distributions,
  type Measure,
  Series,
  type SeriesSummary,
} from "./report/series.ts";
export { formatSeriesJson } from "./report/series_json.ts";
export {
  formatSeriesHeader,
  formatSeriesRow,
  formatSeriesSummary,
  type SeriesRowOptions,
  type SeriesTextOptions,
} from "./report/series_text.ts";
export { percentile } from "./report/percentile.ts";

// Connection profiles
export { formatProfile } from "./report/profile/profile_text.ts";
export { formatPlan, type Plan, type PlanOptions } from "./report/profile/plan_text.ts";
export { formatProfileHtml, ProfileHtmlFormatter } from "./report/profile/profile_html.ts";
export { formatProfileHar, ProfileHarFormatter } from "./report/profile/profile_har.ts";

// Saved rows
export { type JsonPiece, JsonValues } from "./report/saved/json_values.ts";
export { readSavedValue, type SavedResult, type SavedValue } from "./report/saved/saved_row.ts";

// Differences between two saved results, profiles or runs
export { type Difference, diffSaved, kindOfSaved, type Saved } from "./report/diff/diff.ts";
export { formatDiff } from "./report/diff/diff_text.ts";
export { type RunComparison, RunDiff, type RunDiffSummary } from "./report/diff/run_diff.ts";
export type { RowChange, RowChangeKind } from "./report/diff/row_change.ts";
export type { RunPace } from "./report/diff/pace.ts";
export type { RunSpikes } from "./report/diff/spikes.ts";
export { formatRunDiff } from "./report/diff/run_diff_text.ts";
export { formatRunDiffJson } from "./report/diff/run_diff_json.ts";

// The octets on the wire
export { formatWire, type WireOptions } from "./wire/wire_text.ts";
export { describeWireEvent } from "./wire/describe_event.ts";
export { formatWireJson, parseWireJson } from "./wire/wire_json.ts";
export { type CapturedConnection, isWireCapture, readWireCapture } from "./wire/wire_capture.ts";
export type * from "./wire/wire_event.ts";
export { formatHexDump } from "./report/hex_dump.ts";
export { TextDump } from "./report/text_dump.ts";

// Styles, escapes and units
export type { Paint, PaintOptions, Style } from "./text/paint.ts";
export { escapeMessage, escapeText } from "./text/escape/text.ts";
export { formatCount, formatQuantity } from "./text/count.ts";
export { formatDuration, parseDuration } from "./text/duration.ts";
export { parseSize } from "./text/size.ts";

// The data that is formatted
export type * from "./result.ts";
