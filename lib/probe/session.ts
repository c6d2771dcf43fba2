/**
 * Sends requests over one connection, one after the other or pipelined.
 *
 * @module
 */

import type { NewConnection, ProbeError, ProbeResult } from "../result.ts";
import { formatUrl, type SettledTarget } from "../target/target.ts";
import { checkOptions } from "../text/check_options.ts";
import { LagMeter } from "../time/lag.ts";
import { checkLimits } from "./check_limits.ts";
import { composeRequest } from "./compose_request.ts";
import { ContentSink } from "./content_sink.ts";
import { describeExchange, describeFailedDial, describeUnsent } from "./describe.ts";
import type { Exchange } from "./exchange.ts";
import { ExchangeRun } from "./exchange_run.ts";
import { describeRequest, makeDeadline } from "./hop.ts";
import type { HttpConnection } from "./http_connection.ts";
import { IdleConnection } from "./idle_connection.ts";
import { beginRequest, type SessionJob, type SessionParts } from "./session_job.ts";
import {
  requestOptions,
  SESSION_REQUEST_NAMES,
  type SessionOptions,
  type SessionRequest,
  targetOf,
} from "./session_options.ts";

/**
 * A connection for several requests, made by {@linkcode connect}.
 *
 * Calls of {@linkcode Session.request} without an `await` in between are pipelined: the requests are sent immediately
 * and answered in order. If one fails, those after it fail with the kind `closed`.
 */
export class Session implements AsyncDisposable {
  readonly #options: SessionOptions;
  readonly #parts: SessionParts;
  readonly #idle: IdleConnection | undefined;
  #opening: SessionParts | undefined;
  /** Settles once the previous request is written. */
  #turn: Promise<void> = Promise.resolve();
  /** Requests that are not answered yet. */
  #underWay = 0;
  #isClosed = false;

  /** @ignore Call {@linkcode connect}. */
  constructor(options: SessionOptions, parts: SessionParts) {
    this.#options = options;
    this.#parts = this.#opening = parts;
    if (parts.http) this.#idle = new IdleConnection(parts.http, parts.times);
  }

  /** The server of the session, with its scheme. */
  get target(): SettledTarget {
    return this.#parts.begin.target;
  }

  /** The error with which connecting failed. */
  get error(): ProbeError | undefined {
    return this.#parts.dialled.error;
  }

  /** True if another request may be sent, as far as the session knows. */
  get reusable(): boolean {
    return !this.#isClosed && this.#parts.http?.reusable === true;
  }

  /** The reason why no further request may be sent, after one was answered or failed. */
  get obstacle(): NewConnection | undefined {
    return this.#idle?.obstacle;
  }

  /**
   * Sends a request and reads its answer.
   *
   * The result describes the moment when the answer was complete. The end of the connection and unrequested octets come
   * later: the session adds them to the same object when you send the next request, call {@linkcode Session.watch}, or
   * close the session.
   *
   * @returns The result, with an error of the kind `closed` if the connection has ended
   * @throws {TypeError} If an option does not exist, or the options make no valid request
   * @throws {RangeError} If a limit is not above 0
   */
  async request(request: SessionRequest = {}): Promise<ProbeResult> {
    checkOptions(request, SESSION_REQUEST_NAMES);
    const options = requestOptions(this.#options, request);
    checkLimits(options);
    const target = targetOf(this.target, request.path);
    const composed = composeRequest(target, options);
    const { method } = composed;
    const opening = this.#opening;
    this.#opening = undefined;
    const turn = Promise.withResolvers<void>();
    const before = this.#turn;
    this.#turn = turn.promise;
    this.#underWay++;
    try {
      if (options.keepRequest) await import("./written_request.ts");
      const content = await ContentSink.open(options);
      using lag = new LagMeter(opening?.lag);
      const begin = beginRequest({ target, method }, opening);
      using deadline = makeDeadline(options, begin.startedAt, lag);
      const label = `${method} ${formatUrl(target)}`;
      const context = { label, deadline, options, last: request.last === true };
      await before;
      return await this.#send({ request: composed, begin, content, lag, context, opening }, turn.resolve);
    } finally {
      this.#underWay--;
      turn.resolve();
    }
  }

  /**
   * Watches the idle connection, and adds its end and stray octets to the last result.
   *
   * @param ms Milliseconds to watch at most; an end of the connection ends the watch
   * @param signal Ends the watch early, as the next request does
   * @returns Whether another request may be sent
   * @throws {TypeError} If a request is under way
   */
  async watch(ms: number, signal?: AbortSignal): Promise<boolean> {
    if (this.#underWay > 0) throw new TypeError("Cannot watch a connection: a request is under way");
    return !this.#isClosed && await this.#idle?.watch(ms, signal) === true;
  }

  /** Closes the connection. A request under way fails with the kind `aborted`. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#underWay === 0) await this.#idle?.settle();
    this.#parts.http?.close();
  }

  /** The same as {@linkcode Session.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #send(job: SessionJob, written: () => void): Promise<ProbeResult> {
    const { http } = this.#parts;
    const { request, begin, opening, lag } = job;
    if (!http) return this.#describeFailedDial(job);
    const pipelined = http.lastRun !== undefined;
    if (!pipelined && !this.#isClosed) await this.#idle?.settle();
    const refusal = this.#refuse(job.context);
    if (refusal) return describeUnsent(begin, refusal, request.bytes.length, lag.facts);
    // The look at an idle connection does not count in the time of the request.
    const begun = pipelined ? begin : beginRequest(begin, opening);
    const { label, deadline, options: { firstByteTimeout } } = job.context;
    try {
      const run = new ExchangeRun(http, request, deadline, { label, firstByteTimeout, content: job.content });
      const answering = run.finish();
      void run.written.then(written, written);
      return await this.#describe(http, { ...job, begin: begun, pipelined }, await answering);
    } catch (error) {
      // A callback threw.
      http.close();
      throw error;
    }
  }

  #refuse({ label, deadline }: SessionJob["context"]): ProbeError | undefined {
    deadline.enter("send", `send ${label}`, undefined, () => {});
    if (deadline.expired) return deadline.expired;
    if (!this.#isClosed) return this.#idle?.refuse(label);
    return {
      kind: "closed",
      phase: "send",
      by: "local",
      message: `Cannot send ${label}: the session is closed`,
    };
  }

  async #describe(
    http: HttpConnection,
    job: SessionJob & { readonly pipelined: boolean },
    answered: Exchange,
  ): Promise<ProbeResult> {
    const { request, begin, content, opening, pipelined } = job;
    const context = { ...job.context, pipelined };
    // Later delays of this process do not belong to the measurement.
    const lag = job.lag.facts;
    const alone = this.#underWay === 1;
    const looked = alone || answered.error ? await this.#idle?.lookAfter(answered, context) : undefined;
    const { exchange, watched } = looked ?? { exchange: answered, watched: 0 };
    const written = context.options.keepRequest ? await describeRequest(request, exchange) : undefined;
    const { dialled, listened, newConnection } = opening ?? {};
    const facts = { http, exchange, watched, lag, request: written, dialled, listened, newConnection };
    const result = describeExchange(begin, facts);
    addAttempts(result, opening);
    this.#idle?.remember(result, exchange);
    return await content.addTo(result);
  }

  #describeFailedDial({ begin, opening, lag }: SessionJob): ProbeResult {
    const { error } = this.#parts.dialled;
    const result = describeFailedDial(
      begin,
      opening?.dialled ?? { error, tries: [], timings: {} },
      lag.facts,
    );
    if (opening?.newConnection) result.newConnection = opening.newConnection;
    addAttempts(result, opening);
    return result;
  }
}

/** Adds the failed attempts with another scheme to the first result of a session. */
function addAttempts(result: ProbeResult, opening: SessionParts | undefined): void {
  if (opening && opening.attempts.length > 0) result.attempts = [...opening.attempts];
}
