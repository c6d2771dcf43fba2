/**
 * From what happened to the result object.
 *
 * @module
 */

import { makeDeviation } from "../http/deviation.ts";
import type { DialOutcome } from "../net/dial.ts";
import type {
  BodyFacts,
  ConnectionEnd,
  ConnectionFacts,
  Deviation,
  ProbeResult,
  Timings,
} from "../result.ts";
import { formatUrl, type SettledTarget } from "../target.ts";
import type { Exchange, Session } from "./session.ts";

/** A probe that has begun: what is known before anything happened. */
export interface Beginning {
  readonly target: SettledTarget;
  readonly method: string;
  /** `Date.now()` */
  readonly wallClock: number;
  /** `performance.now()` */
  readonly startedAt: number;
}

/** The result of a probe that got no connection. */
export function describeFailedDial(begin: Beginning, dialled: DialOutcome, lag: number): ProbeResult {
  return {
    ...opening(begin, dialled),
    ok: false,
    ...(dialled.error && { error: dialled.error }),
    interim: [],
    deviations: [],
    timings: { ...dialled.timings, total: performance.now() - begin.startedAt, lag },
    ...(dialled.tls && { tls: dialled.tls }),
    redirects: [],
    checks: [],
  };
}

/** What one exchange over a connection came to. */
export interface Outcome {
  readonly session: Session;
  /** Present for the first request on the connection. */
  readonly dialled?: DialOutcome;
  readonly exchange: Exchange;
  /** Milliseconds for which the connection was watched after the response, and nothing happened. */
  readonly watched?: number;
  readonly lag: number;
  readonly content: { text?: string; sha256?: string };
}

/** The result of an exchange. */
export function describeExchange(begin: Beginning, outcome: Outcome): ProbeResult {
  const { session, dialled, exchange, lag, content } = outcome;
  const { response, partialHead, error } = exchange;
  const head = response ?? partialHead;
  const connection = describeConnection(outcome);
  const lie = findLie(outcome, connection);
  const { tls } = session.connection;
  return {
    ...opening(begin, dialled),
    ok: error === undefined,
    ...(error && { error }),
    ...(head?.status !== undefined && { status: head.status }),
    ...(head?.reason !== undefined && { reason: head.reason }),
    ...(head?.version !== undefined && { version: head.version }),
    ...(head?.status !== undefined && { headers: head.headers ?? [] }),
    interim: exchange.interim.map(({ head: { status, reason, headers }, at }) => ({
      status,
      reason,
      headers,
      at: at - (exchange.sentAt ?? exchange.startedAt),
    })),
    ...(response && { body: { ...withoutExpected(response.body), ...content } }),
    deviations: lie ? [...exchange.deviations, lie] : [...exchange.deviations],
    timings: { ...describeTimings(begin, dialled, exchange), lag },
    connection,
    ...(tls && { tls }),
    redirects: [],
    checks: [],
  };
}

function opening(
  begin: Beginning,
  dialled: DialOutcome | undefined,
): Pick<ProbeResult, "schema" | "input" | "url" | "method" | "startedAt" | "tries"> {
  const failed = dialled?.tries.some((attempt) => attempt.error);
  return {
    schema: 1,
    input: begin.target.input,
    url: formatUrl(begin.target),
    method: begin.method,
    startedAt: new Date(begin.wallClock).toISOString(),
    ...(dialled && failed && { tries: [...dialled.tries] }),
  };
}

type ReaderBody = NonNullable<Exchange["response"]>["body"];

/** What was expected stands in the head already. */
function withoutExpected({ expected: _, ...body }: ReaderBody): BodyFacts {
  return body;
}

function describeTimings(begin: Beginning, dialled: DialOutcome | undefined, exchange: Exchange): Timings {
  const { startedAt, sentAt, firstOctetAt, lastOctetAt } = exchange;
  return {
    ...dialled?.timings,
    ...(sentAt !== undefined && { send: sentAt - startedAt }),
    // An answer that comes before the request was sent did not have to be waited for.
    ...(firstOctetAt !== undefined && { wait: Math.max(0, firstOctetAt - (sentAt ?? firstOctetAt)) }),
    ...(firstOctetAt !== undefined && { receive: lastOctetAt! - firstOctetAt }),
    total: (exchange.error ? performance.now() : lastOctetAt ?? performance.now()) - begin.startedAt,
  };
}

function describeConnection({ session, exchange }: Outcome): ConnectionFacts {
  const { connection, reader, end } = session;
  const { response, lastOctetAt } = exchange;
  const after = end && lastOctetAt !== undefined ? { after: Math.max(0, end.at - lastOctetAt) } : {};
  const seen: ConnectionEnd = end ? { by: end.by, how: end.how, ...after } : { by: "us", how: "open" };
  return {
    peer: { ...connection.peer },
    local: { ...connection.local },
    reused: session.requests > 1,
    requestNumber: session.requests,
    ...(response && { announced: response.announced }),
    end: seen,
    surplusBytes: reader.surplusBytes,
  };
}

/** RFC 9112 §9.6: a server says `close` before it closes, and closes once it has said so. */
function findLie(
  { session, exchange, watched = 0 }: Outcome,
  { end }: ConnectionFacts,
): Deviation | undefined {
  const { response, error } = exchange;
  if (!response || error || response.persistent === undefined) return undefined;
  const offset = response.offset;
  if (response.announced.persistent && end.by === "peer") {
    const how = end.how === "rst" ? "reset the connection" : "closed the connection";
    return makeDeviation("connection-lie", offset, `The server ${how} without having announced it`);
  }
  if (!response.announced.persistent && watched > 0 && session.end?.by !== "peer") {
    const seconds = (watched / 1000).toFixed(1);
    return makeDeviation(
      "connection-lie",
      offset,
      `The server announced a close and stayed open for ${seconds} s`,
    );
  }
  return undefined;
}
