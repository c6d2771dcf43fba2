/**
 * Turns one exchange of a connection into the form of a result.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { parseCodings } from "../../http/content_coding.ts";
import type { ParsedResponse } from "../../http/response.ts";
import type {
  BodyFacts,
  HeaderField,
  KeptExchange,
  ProbeError,
  Timings,
  WrittenRequest,
} from "../../result.ts";
import { formatUrl, type SettledTarget } from "../../target/target.ts";
import { describeUnread } from "../../unread_body.ts";
import type { StreamEnd } from "../../net/stream_end.ts";
import { missingAnswer } from "./missing_answer.ts";
import type { LoggedConnection, Opening, Segment } from "./segment.ts";
import { withoutUndefined } from "../../without_undefined.ts";

/** Maximum field lines to keep. */
const LINES = 100;
/** Maximum octets of a value to keep. */
const VALUE = 1_000;

/** A request and its times, which are values of `performance.now()`. */
export interface SentRequest {
  readonly written: WrittenRequest;
  readonly sentFrom: number;
  /** Absent if the system did not accept all of it. */
  readonly sentAt?: number;
}

/** Facts about the connection outside the segment. */
export interface SegmentContext {
  readonly opening: Opening;
  /** Number of requests in earlier segments. */
  readonly requestsBefore: number;
  /** The end of the connection, unless our side was ending it. */
  readonly end: StreamEnd | undefined;
}

/** The position of an exchange. */
export interface ExchangeContext extends SegmentContext {
  readonly segment: Segment;
  readonly connection: LoggedConnection;
  /** Number within the segment. */
  readonly index: number;
}

/** Combines a request and its response; one of them may be missing. */
export function describeKeptExchange(
  response: ParsedResponse | undefined,
  requested: SentRequest | undefined,
  context: ExchangeContext,
): KeptExchange {
  const { opening: { target, dialled, startedAt, number }, segment, connection, index, end } = context;
  const { transport, reader } = connection;
  const requestNumber = context.requestsBefore + index + 1;
  const opens = requestNumber === 1;
  const written = requested?.written;
  const began = opens ? startedAt : requested?.sentFrom ?? segment.writes[0]!.at;
  const missing = response?.body.complete ? undefined : missingAnswer(connection, response, end);
  // Octets for the exchange that was running at the end belong to no response so far.
  const pending = response ? [] : index === 0 ? reader.pendingInterim : [];
  const request = written && shorten(written.headers);
  const head = response && shorten(response.headers);
  const exchange: KeptExchange = withoutUndefined({
    schema: 1,
    input: target.input,
    url: urlOf(target, written?.target),
    method: written?.method ?? response?.request.method ?? "GET",
    startedAt: new Date(performance.timeOrigin + began).toISOString(),
    request: written && { ...written, headers: request!.fields },
    ok: missing === undefined,
    error: missing,
    status: response?.status,
    reason: response?.reason,
    version: response?.version,
    headers: head?.fields,
    interim: (response?.interim ?? pending).map(({ status, reason, headers, offset }) => ({
      status,
      reason,
      headers: shorten(headers).fields,
      at: (timeOf(segment, offset) ?? began) - (requested?.sentAt ?? requested?.sentFrom ?? began),
    })),
    body: response && bodyOf(response, missing),
    deviations: [...response?.deviations ?? []],
    timings: {
      ...(opens && dialled.timings),
      ...exchangeTimes(segment, response, requested, began),
    },
    connection: withoutUndefined({
      peer: { ...transport.peer },
      local: { ...transport.local },
      reused: !opens,
      requestNumber,
      announced: response?.announced,
      end: describeEnd(end),
      surplusBytes: reader.surplusBytes,
    }),
    tls: opens ? transport.tls : undefined,
    redirects: [],
    checks: [],
    connectionNumber: number,
  });
  if (request?.cut || head?.cut) exchange.shortened = true;
  return exchange;
}

function bodyOf(
  { body, request: { method }, status, headers }: ParsedResponse,
  error: ProbeError | undefined,
): NonNullable<KeptExchange["body"]> {
  const { framing, bytes, wireBytes, complete, trailers, chunks } = body;
  const coding = parseCodings(headers);
  const facts = withoutUndefined<BodyFacts>({
    framing,
    bytes,
    wireBytes,
    complete,
    trailers,
    chunks,
    coding,
  });
  return { ...facts, ...describeUnread({ method, status, headers, error, body }) };
}

function describeEnd(end: StreamEnd | undefined): NonNullable<KeptExchange["connection"]>["end"] {
  switch (end?.how) {
    case undefined:
      return { by: "us", how: "open" };
    case "closed":
    case "error":
      return { by: "us", how: "closed" };
    case "fin":
    case "close-notify":
    case "rst":
    case "tls-truncated":
      return withoutUndefined({
        by: "peer",
        how: end.how,
        fin: end.fin,
        finAfter: end.finAfter,
      });
  }
}

function exchangeTimes(
  segment: Segment,
  response: ParsedResponse | undefined,
  requested: SentRequest | undefined,
  began: number,
): Timings {
  const { sentFrom, sentAt } = requested ?? {};
  const send = sentFrom !== undefined && sentAt !== undefined && { send: sentAt - sentFrom };
  const first = response && timeOf(segment, response.interim[0]?.offset ?? response.offset);
  if (!response || first === undefined) {
    return { ...send, total: (segment.pieces.at(-1)?.at ?? sentAt ?? sentFrom ?? began) - began };
  }
  const last = timeOf(segment, response.offset + response.headBytes + response.body.wireBytes - 1) ?? first;
  return {
    ...send,
    wait: Math.max(0, first - (sentAt ?? first)),
    receive: Math.max(0, last - first),
    total: last - began,
  };
}

/** Gives the arrival time of the octet at an offset of the stream. */
function timeOf({ pieces }: Segment, offset: number): number | undefined {
  return pieces.find(({ end }) => end > offset)?.at;
}

/** Builds the URL. The request target may be a path, another URL, or not part of a URL at all. */
function urlOf(target: SettledTarget, requestTarget = target.path): string {
  if (/^https?:\/\//i.test(requestTarget)) return requestTarget;
  return formatUrl(requestTarget.startsWith("/") ? { ...target, path: requestTarget } : target);
}

function shorten(fields: readonly HeaderField[]): { fields: HeaderField[]; cut: boolean } {
  const cut = fields.length > LINES || fields.some(([, value]) => value.length > VALUE);
  if (!cut) return { fields: [...fields], cut };
  const short = fields.slice(0, LINES).map(([name, value]): HeaderField =>
    value.length <= VALUE
      ? [name, value]
      : [name, `${value.slice(0, VALUE)}... ${formatQuantity(value.length - VALUE, "octet")} more`]
  );
  return { fields: short, cut };
}
