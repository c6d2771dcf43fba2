/**
 * Probes one target: one request, or a series of them, and everything that was seen on the wire.
 *
 * @example Usage
 * ```ts
 * import { probe } from "https://deno.land/x/sonde/lib/probe.ts";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const { status, timings } = await probe(`http://127.0.0.1:${server.addr.port}/`);
 * if (status !== 200) throw new Error(`status ${status} after ${timings.total} ms`);
 * ```
 *
 * @module
 */

export { probe } from "./probe/probe.ts";
export { type ProbeStream, probeStream, type StreamOptions } from "./probe/probe_stream.ts";
export { BodyStreamError } from "./probe/body_stream.ts";
export { connect } from "./probe/connect.ts";
export type { Session } from "./probe/session.ts";
export type { SessionOptions, SessionRequest } from "./probe/session_options.ts";
export { probeSeries, type SeriesOptions } from "./probe/series.ts";
export type {
  ConnectToRule,
  LimitOptions,
  Linger,
  ProbeOptions,
  ReachOptions,
  RequestOptions,
  ResolveRule,
} from "./probe/options.ts";
export type { HeadersInput } from "./probe/header_changes.ts";
export type { FieldLine } from "./http/field_line.ts";
export { headerOf, type WithHeaders } from "./http/header_of.ts";
export { DEFAULT_LIMITS, type LimitsInput, type ReaderLimits } from "./http/limits.ts";
export {
  formatAuthority,
  formatUrl,
  parseTarget,
  type Scheme,
  type SettledTarget,
  settleTarget,
  type Target,
} from "./target/target.ts";
export { ERROR_KINDS } from "./error_kind.ts";
export type * from "./result.ts";
export type * from "./wire/wire_event.ts";
export { VERSION } from "./version.ts";
