/**
 * One request to one settled target on a new connection.
 *
 * @module
 */

import { LagMeter } from "../time/lag.ts";
import type { Connection } from "../net/connection.ts";
import { Deadline } from "../net/deadline.ts";
import { dial, type DialOutcome, prepareDial } from "../net/dial/dial.ts";
import type { ProbeResult, WrittenRequest } from "../result.ts";
import { formatUrl, type SettledTarget } from "../target/target.ts";
import { checkLimits } from "./check_limits.ts";
import { type ComposedRequest, composeRequest } from "./compose_request.ts";
import { ContentSink } from "./content_sink.ts";
import { type Beginning, describeExchange, describeFailedDial } from "./describe.ts";
import { PROBE_DEFAULTS } from "./defaults.ts";
import { planDial } from "./dial_plan.ts";
import type { ProbeOptions } from "./options.ts";
import type { Exchange, ExchangeOptions } from "./exchange.ts";
import { ExchangeRun } from "./exchange_run.ts";
import { HttpConnection } from "./http_connection.ts";
import { warmUp } from "./warm_up.ts";

/** The options of a probe that may be a part of other work. */
export interface HopOptions extends ProbeOptions {
  /**
   * Names in messages what `maxTime` limits.
   *
   * @default {"the whole exchange"}
   */
  readonly whole?: string | undefined;
  /**
   * Ends the exchange once the head of the final response is complete, and closes the connection: for content that never
   * ends.
   *
   * @default {false}
   */
  readonly stopAtHead?: boolean | undefined;
}

/** The surroundings that the hops of a probe share. */
export interface HopContext {
  readonly options: HopOptions;
  /** `performance.now()` when the probe began: wire events and `maxTime` count from it. */
  readonly startedAt: number;
  /** Has watched the event loop since then. */
  readonly lag: LagMeter;
  /** Number of the connection within the probe, from 1. */
  readonly connectionNumber: number;
  /** True if {@linkcode prepareHop} was called for this hop. */
  readonly prepared?: boolean;
  /** If this scheme does not answer, another one is tried, so connecting may use only half of the time. */
  readonly hasAlternative?: boolean;
  /** Slows the exchange down to the pace of the consumer of the content. */
  readonly pace?: Pick<ExchangeOptions, "stallTimeout" | "drain"> | undefined;
}

/** The connection that was opened for a target, or the reason for its failure. */
export interface OpenedHop {
  readonly begin: Beginning;
  readonly dialled: DialOutcome;
  readonly http?: HttpConnection;
  /** Milliseconds of listening, if the options ask for it. */
  readonly listened?: number;
}

/** Opens a connection to a target. */
export async function openHop(
  target: SettledTarget,
  method: string,
  deadline: Deadline,
  context: HopContext,
): Promise<OpenedHop> {
  const { options, startedAt, connectionNumber } = context;
  const begin = beginProbe(target, method);
  const connectTimeout = limitConnecting(context);
  // As with curl, the TLS handshake has the same limit as connecting.
  const dialled = await dial(planDial(target, options), deadline, {
    connectTimeout,
    tlsTimeout: connectTimeout,
  });
  if (!dialled.connection) return { begin, dialled };
  let connection: Connection = dialled.connection;
  if (options.onWire) {
    const { TappedConnection } = await import("../net/tapped_connection.ts");
    connection = new TappedConnection(connection, options.onWire, startedAt, connectionNumber);
  }
  const http = new HttpConnection(connection, options.limits);
  const { listenFirst, signal } = options;
  if (listenFirst === undefined) return { begin, dialled, http };
  const start = performance.now();
  await http.watch(Math.min(listenFirst, deadline.remaining), signal);
  await http.ready();
  return { begin, dialled, http, listened: performance.now() - start };
}

function limitConnecting({ options, hasAlternative }: HopContext): number {
  const { connectTimeout = PROBE_DEFAULTS.connectTimeout, maxTime = PROBE_DEFAULTS.maxTime } = options;
  return hasAlternative ? Math.min(connectTimeout, maxTime / 2) : connectTimeout;
}

/**
 * Loads the modules that a hop needs, before its clock starts.
 *
 * @throws {RangeError} If a limit is not above 0
 */
export async function prepareHop(target: SettledTarget, options: ProbeOptions): Promise<void> {
  checkLimits(options);
  if (options.onWire) await import("../net/tapped_connection.ts");
  if (options.keepRequest) await import("./written_request.ts");
  if (options.listenFirst !== undefined) await import("./early_octets.ts");
  await prepareDial(planDial(target, options));
  await warmUp(target);
}

/** Takes the start time of a probe. */
export function beginProbe(target: SettledTarget, method: string): Beginning {
  return { target, method, wallClock: Date.now(), startedAt: performance.now() };
}

/** Makes the deadline of a probe that began at `startedAt` (`performance.now()`), when `lag` began to watch. */
export function makeDeadline(
  options: Pick<HopOptions, "maxTime" | "whole" | "signal" | "lostTimeAllowance">,
  startedAt: number,
  lag: LagMeter,
): Deadline {
  const { maxTime = PROBE_DEFAULTS.maxTime, lostTimeAllowance = PROBE_DEFAULTS.lostTimeAllowance } = options;
  const { whole, signal } = options;
  return new Deadline({ maxTime, whole, since: startedAt, lag, lostTimeAllowance, signal });
}

/**
 * Probes a target once: opens a connection, sends one request, reads the answer and watches the connection.
 *
 * @throws {TypeError} If the options make no valid request
 */
export async function probeHop(target: SettledTarget, context: HopContext): Promise<ProbeResult> {
  const { options } = context;
  const request = composeRequest(target, options);
  if (!context.prepared) await prepareHop(target, options);
  const sink = await ContentSink.open(options);
  using lag = new LagMeter();
  using deadline = makeDeadline(options, context.startedAt, context.lag);
  const opened = await openHop(target, request.method, deadline, context);
  if (!opened.http) return describeFailedDial(opened.begin, opened.dialled, lag.facts);

  using http = opened.http;
  const settings = { ...exchangeOptions(opened.begin, options, sink), ...context.pace };
  const exchange = await new ExchangeRun(http, request, deadline, settings).finish();
  // Later delays of this process do not belong to the measurement.
  const facts = lag.facts;
  // A failed exchange closes here; a complete one leaves the connection open, and the result says so.
  const closes = exchange.error !== undefined || options.stopAtHead === true;
  if (closes) await http.closeAfterFailure();
  const watched = closes ? 0 : await lingerOn(http, options, deadline);
  const result = describeExchange(opened.begin, {
    http,
    dialled: opened.dialled,
    listened: opened.listened,
    exchange,
    watched,
    lag: facts,
    headOnly: options.stopAtHead,
    request: options.keepRequest ? await describeRequest(request, exchange) : undefined,
  });
  return await sink.addTo(result);
}

/** Describes the request that was written. */
export async function describeRequest(request: ComposedRequest, exchange: Exchange): Promise<WrittenRequest> {
  const { describeWritten } = await import("./written_request.ts");
  return describeWritten(request.bytes, exchange.request);
}

/** Gives the options of one exchange of a probe. */
function exchangeOptions(
  begin: Beginning,
  options: HopOptions,
  content: ContentSink,
): ExchangeOptions {
  const { firstByteTimeout, stopAtHead } = options;
  return { label: `${begin.method} ${formatUrl(begin.target)}`, firstByteTimeout, content, stopAtHead };
}

/**
 * Watches the connection after a response, as long as its announcement requires.
 *
 * @returns Milliseconds of complete watching without an end; 0 if the connection ended or the watch was cut short
 */
export async function lingerOn(
  http: HttpConnection,
  options: Pick<ProbeOptions, "linger" | "signal">,
  deadline: Deadline,
): Promise<number> {
  const { linger = PROBE_DEFAULTS.linger, signal } = options;
  const persistent = http.reader.responses.at(-1)?.announced.persistent === true;
  const wanted = persistent ? linger.kept : linger.closing;
  const given = Math.min(wanted, deadline.remaining);
  const ended = await http.watch(given, signal);
  return ended || given < wanted ? 0 : wanted;
}
