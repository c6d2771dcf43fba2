/**
 * Makes the result object of a probe.
 *
 * @module
 */

import { parseCodings } from "../http/content_coding.ts";
import { inOrder } from "../http/deviation.ts";
import { phaseTimes, withOwnTime } from "../phase_times.ts";
import type { DialOutcome } from "../net/dial/dial.ts";
import type {
  BodyFacts,
  Deviation,
  NewConnection,
  ProbeError,
  ProbeResult,
  Timings,
  WrittenRequest,
} from "../result.ts";
import { formatUrl, type SettledTarget } from "../target/target.ts";
import { describeUnread } from "../unread_body.ts";
import type { LagFacts } from "../time/lag.ts";
import { describeConnection, findLie, type UsedConnection } from "./describe_connection.ts";
import type { Exchange } from "./exchange.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** The facts of a probe that has started. */
export interface Beginning {
  readonly target: SettledTarget;
  readonly method: string;
  /** `Date.now()` at the start. */
  readonly wallClock: number;
  /** `performance.now()` at the start. */
  readonly startedAt: number;
}

/** Makes the result of a probe that got no connection. */
export function describeFailedDial(begin: Beginning, dialled: DialOutcome, lag: LagFacts): ProbeResult {
  const total = performance.now() - begin.startedAt;
  const timings = Object.assign(withOwnTime({ ...dialled.timings, total }), lag);
  return withoutUndefined({
    ...opening(begin, dialled),
    request: { sentBytes: 0, complete: false },
    ok: false,
    error: dialled.error,
    interim: [],
    deviations: [],
    timings,
    tls: dialled.tls,
    redirects: [],
    checks: [],
  });
}

/** Makes the result of a request that could not be sent over an existing connection. */
export function describeUnsent(
  begin: Beginning,
  error: ProbeError,
  bytes: number,
  lag: LagFacts,
): ProbeResult {
  const result = describeFailedDial(begin, { error, tries: [], timings: {} }, lag);
  result.request = { bytes, sentBytes: 0, complete: false };
  return result;
}

/** One exchange and its surroundings. */
export interface Outcome extends UsedConnection {
  /** Present for the first request on the connection. */
  readonly dialled?: DialOutcome | undefined;
  /** Milliseconds of listening before the request. */
  readonly listened?: number | undefined;
  readonly lag: LagFacts;
  /** Present if the result should include the digest or text. */
  readonly request?: WrittenRequest | undefined;
  /** The content was not wanted. */
  readonly headOnly?: boolean | undefined;
  /** Present if the connection replaces another one. */
  readonly newConnection?: NewConnection | undefined;
}

/** Makes the result of an exchange. */
export function describeExchange(begin: Beginning, outcome: Outcome): ProbeResult {
  const { http, dialled, exchange, lag } = outcome;
  const { response, partialHead, error } = exchange;
  const head = response ?? partialHead;
  const connection = describeConnection(outcome);
  const lie = findLie(outcome, connection);
  const { tls } = http.connection;
  // The fields are written one by one, in documented order: a batch makes thousands of results a second, and spreading
  // is slow.
  const result = opening(begin, dialled) as ProbeResult;
  result.request = outcome.request ?? exchange.request;
  const timings = describeTimings(begin, outcome);
  timings.lag = lag.lag;
  timings.lost = lag.lost;
  result.ok = error === undefined;
  if (error) result.error = error;
  if (head?.status !== undefined) result.status = head.status;
  if (head?.reason !== undefined) result.reason = head.reason;
  if (head?.version !== undefined) result.version = head.version;
  if (head?.status !== undefined) result.headers = head.headers ?? [];
  result.interim = exchange.interim.map(({ head: { status, reason, headers }, at }) => ({
    status,
    reason,
    headers,
    at: at - (exchange.sentAt ?? exchange.startedAt),
  }));
  if (response) result.body = describeBody(response, error);
  const deviations = http.deviationsOf(exchange);
  result.deviations = response && outcome.headOnly ? ofHead(response, deviations) : [...deviations];
  if (lie) result.deviations = inOrder([...result.deviations, lie]);
  result.timings = timings;
  result.connection = connection;
  if (outcome.newConnection) result.newConnection = outcome.newConnection;
  if (tls) result.tls = tls;
  result.redirects = [];
  result.checks = [];
  return result;
}

/** Leaves out the deviations of content: chance decides how much of it came with the head. */
function ofHead(
  { offset, headBytes }: NonNullable<Exchange["response"]>,
  deviations: readonly Deviation[],
): Deviation[] {
  return deviations.filter((deviation) => deviation.offset < offset + headBytes);
}

function opening(
  begin: Beginning,
  dialled: DialOutcome | undefined,
): Pick<ProbeResult, "schema" | "input" | "url" | "method" | "startedAt" | "tries"> {
  const facts: ReturnType<typeof opening> = {
    schema: 1,
    input: begin.target.input,
    url: formatUrl(begin.target),
    method: begin.method,
    startedAt: formatTime(begin.wallClock),
  };
  if (dialled?.tries.some((attempt) => attempt.error)) facts.tries = [...dialled.tries];
  return facts;
}

let lastTime = { at: NaN, text: "" };

/** Caches the formatted time: a batch starts several probes in one millisecond. */
function formatTime(at: number): string {
  if (lastTime.at !== at) lastTime = { at, text: new Date(at).toISOString() };
  return lastTime.text;
}

/** Describes the body; the expected length is already in the head. */
function describeBody(response: NonNullable<Exchange["response"]>, error?: ProbeError): BodyFacts {
  const { framing, bytes, wireBytes, trailers, chunks } = response.body;
  // Chance decides whether octets beyond the limit came with the last read.
  const complete = response.body.complete && error?.kind !== "limit";
  const facts: BodyFacts = { framing, bytes, wireBytes, complete, trailers };
  if (chunks !== undefined) facts.chunks = chunks;
  const { request: { method }, status, headers } = response;
  const coding = parseCodings(headers);
  if (coding) facts.coding = coding;
  if (complete && method !== "HEAD") return facts;
  const stopped = !complete && error === undefined;
  return Object.assign(facts, describeUnread({ method, status, headers, error, stopped, body: facts }));
}

function describeTimings(begin: Beginning, { dialled, exchange, listened }: Outcome): Timings {
  const { startedAt, sentAt, firstOctetAt, lastOctetAt, error } = exchange;
  const endedAt = error || lastOctetAt === undefined
    ? performance.now()
    : Math.max(lastOctetAt, sentAt ?? lastOctetAt);
  const timings = { ...dialled?.timings } as Timings;
  if (listened !== undefined) timings.listen = listened;
  Object.assign(timings, phaseTimes({ startedAt, sentAt, firstOctetAt, endedAt }));
  timings.total = endedAt - begin.startedAt;
  return withOwnTime(timings);
}
