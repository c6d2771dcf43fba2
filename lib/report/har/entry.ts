/**
 * Makes the entry of a HAR for one hop.
 *
 * @module
 */

import { percentEncodeOctets } from "../../http/octets.ts";
import { ipFamily } from "../../net/ip_address.ts";
import type { BodyFacts, ProbeResult, Timings } from "../../result.ts";
import { type CheckOutcome, describeEndingCertificate } from "../check_outcome.ts";
import { parseSetCookie } from "./cookie.ts";

/** HAR 1.2 writes −1 for a value that is unknown or does not apply. */
const UNKNOWN = -1;

/** Matches characters that a URL may hold and a URI may not (RFC 3986 §2). */
const NOT_URI = /[^\x21-\x7e]|["<>\\^`{|}]/g;

/** Makes an entry of HAR 1.2 for one hop. Fields of sonde's own begin with an underscore. */
export function harEntry(hop: ProbeResult, check?: CheckOutcome): Record<string, unknown> {
  const timings = harTimings(hop.timings);
  const { blocked, dns, connect, send, wait, receive } = timings;
  const { connection, error } = hop;
  return {
    startedDateTime: hop.startedAt,
    // `connect` includes `ssl`.
    time: [blocked, dns, connect, send, wait, receive].reduce(
      (sum, ms) => ms === UNKNOWN ? sum : sum + ms,
      0,
    ),
    request: harRequest(hop),
    response: harResponse(hop),
    cache: {},
    timings,
    ...(connection !== undefined && ipFamily(connection.peer.address) !== 0 &&
      { serverIPAddress: connection.peer.address }),
    ...(connection !== undefined && connection.local.port > 0 &&
      { connection: String(connection.local.port) }),
    // `blocked` is the sum of `own` and `listen`, which this keeps apart, and `lost`.
    _timings: hop.timings,
    _error: error,
    _connection: connection,
    _newConnection: hop.newConnection,
    _tls: hop.tls,
    comment: check === undefined ? hop.tag : describeCheck(check),
    _tag: hop.tag,
    _chain: hop.chain,
    _check: check,
    _deviations: hop.deviations,
    _interim: hop.interim,
    _checks: hop.checks,
  };
}

/** Describes a check for people: name and verdict, the cause if there is one, and a certificate that ends soon. */
function describeCheck({ name, verdict, cause, certificate, excluded }: CheckOutcome): string {
  return [
    `${name}: ${verdict}${excluded === undefined ? "" : ` (in ${excluded})`}`,
    ...(cause === null ? [] : [cause]),
    ...(certificate === undefined ? [] : [describeEndingCertificate(certificate)]),
  ].join(", ");
}

function harTimings({ dns, connect, tls, listen = 0, send, wait, receive, own }: Timings): Record<
  "blocked" | "dns" | "connect" | "ssl" | "send" | "wait" | "receive",
  number
> {
  return {
    // HAR has no better name for time that neither the network nor the server took.
    blocked: own === undefined ? UNKNOWN : own + listen,
    dns: dns ?? UNKNOWN,
    connect: connect === undefined && tls === undefined ? UNKNOWN : (connect ?? 0) + (tls ?? 0),
    ssl: tls ?? UNKNOWN,
    send: send ?? 0,
    wait: wait ?? 0,
    receive: receive ?? 0,
  };
}

/**
 * Makes the request. If the result has none, because nothing was sent or the request was not kept, its fields
 * are empty and its sizes unknown.
 */
function harRequest({ method, url, request }: ProbeResult): Record<string, unknown> {
  const parsed = URL.parse(url);
  // The URL parser does not know every name that a resolver knows.
  const local = parsed ?? URL.parse(url.replace(/^([a-z]+:\/\/)[^/?#]*/, "$1host"));
  const query = local === null ? [] : [...local.searchParams];
  const { headers = [], version, target, headBytes = 0, deviations, excerpt } = request ?? {};
  return {
    method: request?.method ?? method,
    url: (parsed?.href ?? url).replace(NOT_URI, encodeURIComponent),
    httpVersion: formatVersion(version),
    // The Cookie field is masked, names and values alike, so there are no cookies to list.
    cookies: [],
    headers: headers.map(([name, value]) => ({ name, value })),
    queryString: query.map(([name, value]) => ({ name, value })),
    headersSize: headBytes > 0 ? headBytes : UNKNOWN,
    bodySize: request?.complete ? request.bodyBytes ?? UNKNOWN : UNKNOWN,
    _target: target === pathOf(local) ? undefined : target,
    _sentBytes: request?.sentBytes,
    _complete: request?.complete,
    _deviations: deviations,
    _excerpt: excerpt,
  };
}

function pathOf(url: URL | null): string | undefined {
  return url === null ? undefined : url.pathname + url.search;
}

function formatVersion(version: string | undefined): string {
  return version === undefined ? "unknown" : `HTTP/${version}`;
}

/** Makes the response; without one the status is 0, as in the archives of browsers. */
function harResponse({ status, reason, version, headers = [], body }: ProbeResult): Record<string, unknown> {
  const lines = (name: string): string[] =>
    headers.filter(([it]) => it.toLowerCase() === name).map(([, value]) => value);
  return {
    status: status ?? 0,
    statusText: reason ?? "",
    httpVersion: formatVersion(version),
    cookies: lines("set-cookie").map(parseSetCookie),
    headers: headers.map(([name, value]) => ({ name, value })),
    content: {
      ...harSize(body),
      mimeType: lines("content-type").at(-1) ?? "",
      text: body?.text,
      _sha256: body?.sha256,
      _coding: body?.coding,
    },
    redirectURL: percentEncodeOctets(lines("location")[0] ?? ""),
    headersSize: UNKNOWN,
    bodySize: body?.wireBytes ?? UNKNOWN,
    _framing: body?.framing,
    _complete: body?.complete,
    _unread: body?.unread,
    _unreadBytes: body?.unreadBytes,
  };
}

/** Gives the size after decoding and the octets that the coding saved (HAR 1.2), or the size received without decoding. */
function harSize(body: BodyFacts | undefined): { size: number; compression?: number } {
  const { bytes = 0, coding } = body ?? {};
  const { decodedBytes } = coding ?? {};
  return decodedBytes === undefined
    ? { size: bytes }
    : { size: decodedBytes, compression: decodedBytes - bytes };
}
