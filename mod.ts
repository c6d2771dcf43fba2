/**
 * sonde: what a web server really does on the wire.
 *
 * Everything that the command line does can be done with these functions. Probing needs `--allow-net`, nothing else.
 *
 * @example Usage
 * ```ts
 * import { formatResult, probe } from "./mod.ts";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const result = await probe(`http://127.0.0.1:${server.addr.port}/`);
 * if (!result.ok) throw new Error(formatResult(result));
 * ```
 *
 * @module
 */

// Probing
export { probe } from "./lib/probe.ts";
export { probeSeries, type SeriesOptions } from "./lib/probe/series.ts";
export type {
  ConnectToRule,
  HeaderChange,
  LimitOptions,
  Linger,
  ProbeOptions,
  ReachOptions,
  RequestOptions,
  ResolveRule,
} from "./lib/probe/options.ts";
export {
  formatAuthority,
  formatUrl,
  parseTarget,
  type Scheme,
  type SettledTarget,
  settleTarget,
  type Target,
} from "./lib/target/target.ts";
export type * from "./lib/result.ts";
export type { WireEvent, WireMoment, WireOccurrence, WireOctets } from "./lib/wire/wire_event.ts";

// Batches
export { type BatchOptions, probeAll } from "./lib/batch.ts";
export type { BadTarget, BatchInput, BatchTarget, Judge } from "./lib/batch/batch_target.ts";
export type { JobOptions } from "./lib/batch/probe_job.ts";
export type { RunnerOptions } from "./lib/batch/work.ts";
export { readTargets, type ReadTargetsOptions } from "./lib/batch/read_targets.ts";
export type { ExpandOptions } from "./lib/batch/expand.ts";
export { isInShard, type Shard } from "./lib/batch/shard.ts";
export { type Tally } from "./lib/report/summary/counter.ts";
export {
  type BatchSummary,
  BatchTally,
  type PhaseFigures,
  type SlowTarget,
} from "./lib/report/summary/batch_summary.ts";
export { type BatchSummaryOptions, formatBatchSummary } from "./lib/report/summary/batch_summary_text.ts";
export type { LagSummary } from "./lib/report/summary/lag_summary.ts";
export { formatCsv, formatCsvHeader } from "./lib/report/csv.ts";
export { formatMarkdownHeader, formatMarkdownRow, type MarkdownOptions } from "./lib/report/markdown.ts";

// The protocol
export {
  type ParsedResponseWithContent,
  type ParsedStream,
  type ParseOptions,
  parseResponse,
  parseResponses,
} from "./lib/http/parse_response.ts";
export { type ReaderState, ResponseReader, type ResponseReaderOptions } from "./lib/http/response_reader.ts";
export type {
  InterimHead,
  ParsedBody,
  ParsedResponse,
  ReadFailure,
  ResponseHead,
} from "./lib/http/response.ts";
export type { FieldLine } from "./lib/http/field_line.ts";
export type { OutstandingRequest } from "./lib/http/framing.ts";
export { DEFAULT_LIMITS, type ReaderLimits } from "./lib/http/limits.ts";
export {
  type DeviationClass,
  deviationClass,
  type DeviationCode,
  deviationCodes,
  DEVIATIONS,
} from "./lib/http/deviation.ts";
export { parsePersistence } from "./lib/http/persistence.ts";
export { type RequestParts, serializeRequest } from "./lib/http/request.ts";

// Connection behaviour
export { profileConnection } from "./lib/conn/profile.ts";
export { planDuration, type PlannedDuration, type PlannedExperiment, planProfile } from "./lib/conn/plan.ts";
export { addExperiments, quickExperiments } from "./lib/conn/quick.ts";
export { FRONTS } from "./lib/conn/findings/known_timeouts.ts";
export type { Front, ProfileEstimate, ProfileOptions, ProfileProgress } from "./lib/conn/options.ts";
export type { PlannedSend } from "./lib/conn/experiment.ts";
export { formatProfile } from "./lib/report/profile/profile_text.ts";
export { formatPlan, type Plan, type PlanOptions } from "./lib/report/profile/plan_text.ts";
export { type Difference, diffSaved, kindOfSaved, type Saved } from "./lib/report/diff/diff.ts";
export { formatDiff } from "./lib/report/diff/diff_text.ts";

// Expectations
export {
  type CheckOptions,
  checkProfile,
  checkResult,
  type Expectation,
  type ExpectationSubject,
  ExpectationSyntaxError,
  needsSha256,
  needsText,
  parseExpectation,
  type ProfileNeeds,
  profileNeeds,
  withChecks,
  type WithExperiments,
} from "./lib/expect.ts";
export { WrittenNumber } from "./lib/expect/written_number.ts";

// Watching
export {
  type CheckDefinition,
  type CheckPredicate,
  defineChecks,
  type TaskFile,
  type WebhookDefinition,
} from "./lib/watch/tasks/check_definition.ts";

// Reports
export { formatResult, type TextOptions } from "./lib/report/text.ts";
export { formatLine, formatLineHeader, type LineColumn, type LineOptions } from "./lib/report/line.ts";
export { formatJson } from "./lib/report/json.ts";
export { formatHar, HarDocument } from "./lib/report/har.ts";
export { formatProfileHar, ProfileHarDocument } from "./lib/report/profile/profile_har.ts";
export { formatJunit, formatProfileJunit, JunitDocument } from "./lib/report/junit.ts";
export { formatProfileProm, formatProm, PromDocument, type PromOptions } from "./lib/report/prom.ts";
export { formatNagios, type NagiosCode, nagiosCode, NagiosDocument } from "./lib/report/nagios.ts";
export { formatDocument, type ResultDocument } from "./lib/report/result_document.ts";
export { formatWire, type WireOptions } from "./lib/wire/wire_text.ts";
export { formatWireJson, parseWireJson } from "./lib/wire/wire_json.ts";
export {
  type Distribution,
  type Distributions,
  type Measure,
  Series,
  type SeriesSummary,
} from "./lib/report/series.ts";
export {
  formatSeriesHeader,
  formatSeriesLine,
  formatSeriesSummary,
  type SeriesTextOptions,
} from "./lib/report/series_text.ts";
export { describeBrokenCheck } from "./lib/report/describe_check.ts";
export { escapeMessage, escapeText } from "./lib/text/escape/text.ts";
export { percentile } from "./lib/report/percentile.ts";

// Units
export { formatDuration, formatSize, parseDuration, parseSize } from "./lib/text/units.ts";
export { VERSION } from "./lib/version.ts";

// Sockets by hand
export {
  exchange,
  parseHostPort,
  type RawOptions,
  type RawResult,
  type RawStop,
  type RawTlsOptions,
  type RawTurn,
} from "./lib/raw.ts";
export { parseEscapedText } from "./lib/raw/escaped_text.ts";
export { formatHexDump } from "./lib/report/hex_dump.ts";
export { TextDump } from "./lib/report/text_dump.ts";
export { parseCapture } from "./lib/http/parse_capture.ts";
export { type ParsedRequest, type ParsedRequests, parseRequests } from "./lib/http/parse_request.ts";
export { type CapturedConnection, isWireCapture, readWireCapture } from "./lib/wire/wire_capture.ts";

// Downloads
export {
  download,
  type DownloadError,
  type DownloadErrorKind,
  type DownloadOptions,
  type DownloadProgress,
  type DownloadResult,
} from "./lib/download.ts";
