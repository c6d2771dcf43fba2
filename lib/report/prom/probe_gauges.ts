/**
 * The gauges of a result. Names and help are those of blackbox_exporter's HTTP prober, so that its dashboards
 * and alerts work; additional gauges follow the same style.
 *
 * @module
 */

import { ipFamily } from "../../net/ip_address.ts";
import { chainTimings, earliestCertificate } from "../../redirect_chain.ts";
import type { ProbeResult, Timings } from "../../result.ts";
import { type CheckOutcome, isWorking } from "../check_outcome.ts";
import { isSuccess } from "../success.ts";
import { hashAddress } from "./address_hash.ts";
import { CHECK_GAUGES } from "./check_gauges.ts";
import type { Labels } from "./exposition.ts";
import { type Gauge, gauge, info } from "./gauge.ts";

/** A result, its time limit in milliseconds if that is known, and the outcome of its check if it belongs to one. */
export interface TimedResult {
  readonly result: ProbeResult;
  readonly timeout: number | undefined;
  readonly check: CheckOutcome | undefined;
}

const PHASES: readonly (readonly [labels: Labels, part: (timings: Timings) => number | undefined])[] = [
  [{ phase: "resolve" }, ({ dns }) => dns],
  [{ phase: "connect" }, ({ connect }) => connect],
  [{ phase: "tls" }, ({ tls }) => tls],
  [{ phase: "processing" }, ({ wait }) => wait],
  [{ phase: "transfer" }, ({ receive }) => receive],
];

/** Gauges of blackbox_exporter, which every result has; 0 stands for an unknown value. */
const BLACKBOX_GAUGES: readonly Gauge<TimedResult>[] = [
  gauge(
    "probe_success",
    "Displays whether or not the probe was a success",
    ({ result, check }) => check === undefined ? isSuccess(result) : isWorking(check),
  ),
  gauge(
    "probe_duration_seconds",
    "Returns how long the probe took to complete in seconds",
    ({ result }) => sum(result, ({ total }) => total),
  ),
  gauge(
    "probe_timeout_seconds",
    "Returns the timeout of the probe in seconds",
    ({ timeout }) => timeout === undefined ? undefined : timeout / 1000,
  ),
  gauge(
    "probe_dns_lookup_time_seconds",
    "Returns the time taken for probe dns lookup in seconds",
    ({ result }) => sum(result, ({ dns }) => dns),
  ),
  gauge(
    "probe_ip_protocol",
    "Specifies whether probe ip protocol is IP4 or IP6",
    ({ result }) => ipFamily(addressOf(result)),
  ),
  gauge(
    "probe_ip_addr_hash",
    "Specifies the hash of IP address. It's useful to detect if the IP address changes.",
    ({ result }) => ipFamily(addressOf(result)) === 0 ? 0 : hashAddress(addressOf(result)),
  ),
  {
    name: "probe_http_duration_seconds",
    help: "Duration of http request by phase, summed over all redirects",
    read: ({ result }) => PHASES.map(([labels, part]) => ({ labels, value: sum(result, part) })),
  },
  gauge(
    "probe_http_content_length",
    "Length of http content response",
    ({ result }) => contentLength(result),
  ),
  gauge(
    "probe_http_uncompressed_body_length",
    "Length of uncompressed response body",
    ({ result }) => result.body?.coding?.decodedBytes ?? result.body?.bytes ?? 0,
  ),
  gauge("probe_http_redirects", "The number of redirects", ({ result }) => result.redirects.length),
  gauge(
    "probe_http_ssl",
    "Indicates if SSL was used for the final redirect",
    ({ result }) => result.url.startsWith("https:"),
  ),
  gauge("probe_http_status_code", "Response HTTP status code", ({ result }) => result.status ?? 0),
  gauge(
    "probe_http_version",
    "Returns the version of HTTP of the probe response",
    ({ result }) => Number(result.version ?? 0) || 0,
  ),
  gauge(
    "probe_failed_due_to_regex",
    "Indicates if probe failed due to regex",
    ({ result }) => result.checks.some(({ ok, expect }) => !ok && /!?~\s*\//.test(expect)),
  ),
  gauge(
    "probe_http_last_modified_timestamp_seconds",
    "Returns the Last-Modified HTTP response header in unixtime",
    ({ result }) => unixTime(field(result, "last-modified")),
  ),
];

const TLS_GAUGES: readonly Gauge<TimedResult>[] = [
  gauge(
    "probe_ssl_earliest_cert_expiry",
    "Returns last SSL chain expiry in unixtime",
    ({ result }) => unixTime(earliestCertificate(result)?.notAfter),
  ),
  gauge(
    "probe_ssl_last_chain_expiry_timestamp_seconds",
    "Returns last SSL chain expiry in timestamp",
    ({ result }) =>
      result.tls?.verified
        ? unixTime(earliestCertificate({ ...result, redirects: [] })?.notAfter)
        : undefined,
  ),
  info("probe_ssl_last_chain_info", "Contains SSL leaf certificate information", ({ result }) => {
    const certificate = result.tls?.certificate;
    return certificate && {
      fingerprint_sha256: certificate.fingerprint256,
      subject: certificate.subject,
      issuer: certificate.issuer,
      subjectalternative: certificate.names.join(","),
      serialnumber: certificate.serial,
    };
  }),
  info("probe_tls_version_info", "Returns the TLS version used or NaN when unknown", ({ result }) => {
    const version = result.tls?.version;
    return version === undefined ? undefined : { version: version.replace(/^TLSv/, "TLS ") };
  }),
  info("probe_tls_cipher_info", "Returns the TLS cipher negotiated during handshake", ({ result }) => {
    const cipher = result.tls?.cipher;
    return cipher === undefined ? undefined : { cipher };
  }),
];

const OWN_GAUGES: readonly Gauge<TimedResult>[] = [
  gauge(
    "probe_connection_reused",
    "Whether the request used a connection that had already carried another request",
    ({ result }) => result.connection?.reused,
  ),
  gauge(
    "probe_http_keepalive_advertised_timeout_seconds",
    "The timeout parameter of the Keep-Alive field",
    ({ result }) => result.connection?.announced?.timeout,
  ),
  gauge(
    "probe_http_deviations",
    "Number of places in which the response broke a rule",
    ({ result }) => result.deviations.length,
  ),
  info("probe_http_framing_info", "How the end of the body is found", ({ result }) => {
    return result.body && { framing: result.body.framing };
  }),
  info("probe_http_body_unread_info", "Why content was not read to its end", ({ result }) => {
    return result.body?.unread === undefined ? undefined : { reason: result.body.unread };
  }),
  info("probe_connection_close_info", "Who ended the connection, and how", ({ result }) => {
    if (!result.connection) return undefined;
    const { by, how, fin } = result.connection.end;
    return { by, how, ...(fin !== undefined && { fin: String(fin) }) };
  }),
  info("probe_failure_info", "Why the exchange did not complete", ({ result }) => {
    return result.error && { phase: result.error.phase, kind: result.error.kind, by: result.error.by };
  }),
];

/** Every gauge of a result, in order. */
export const PROBE_GAUGES: readonly Gauge<TimedResult>[] = [
  ...BLACKBOX_GAUGES,
  ...TLS_GAUGES,
  ...OWN_GAUGES,
  ...CHECK_GAUGES,
];

/** Adds up a phase over all hops, in seconds. */
function sum(result: ProbeResult, part: (timings: Timings) => number | undefined): number {
  return toSeconds(part(chainTimings(result)) ?? 0);
}

/** Converts milliseconds, to the nanosecond: more digits would only show floating-point error. */
function toSeconds(ms: number): number {
  return Math.round(ms * 1e6) / 1e9;
}

function addressOf({ connection, tries }: ProbeResult): string {
  return connection?.peer.address ?? tries?.at(-1)?.address ?? "";
}

function contentLength(result: ProbeResult): number {
  const value = field(result, "content-length");
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : -1;
}

function field({ headers = [] }: ProbeResult, name: string): string | undefined {
  return headers.find(([it]) => it.toLowerCase() === name)?.[1];
}

/** Reads a date, in seconds since 1970; gives `undefined` if the text is not a date. */
function unixTime(date: string | undefined): number | undefined {
  const ms = date === undefined ? NaN : Date.parse(date);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}
