/**
 * Sends one request over an open connection and reads its answer.
 *
 * @module
 */

import type { InterimHead, ParsedResponse } from "../http/response.ts";
import type { ReadOutcome, WriteOutcome } from "../net/connection.ts";
import type { Deadline } from "../net/deadline.ts";
import { nameRenegotiation } from "../net/tls/renegotiation.ts";
import type { ProbeError } from "../result.ts";
import type { ComposedRequest } from "./compose_request.ts";
import type { Exchange, ExchangeOptions, OngoingExchange } from "./exchange.ts";
import { explainFailure, explainFailureBefore } from "./exchange_failure.ts";
import type { HttpConnection } from "./http_connection.ts";
import { RequestWriter } from "./request_writer.ts";

/**
 * One exchange on a connection. Several may run at once: their requests are sent in order, and the answers come in
 * order.
 */
export class ExchangeRun implements OngoingExchange {
  readonly interim: { head: InterimHead; at: number }[] = [];
  /** Number of the request on its connection, from 1; 0 if the connection cannot carry it. */
  readonly requestNumber: number;
  readonly request: ComposedRequest;
  readonly options: ExchangeOptions;
  response: ParsedResponse | undefined;
  firstOctetAt: number | undefined;
  lastOctetAt: number | undefined;

  readonly #http: HttpConnection;
  readonly #deadline: Deadline;
  readonly #startedAt = performance.now();
  /** Settles once the previous exchange on the connection is over; absent if none is running. */
  readonly #before: Promise<Exchange | undefined> | undefined;
  readonly #over = Promise.withResolvers<Exchange | undefined>();
  readonly #writer: RequestWriter;
  #writing: Promise<WriteOutcome> | undefined;
  #isTurn: boolean;
  #isRead = false;
  /** Enters the phase that sends the rest of the request, once it has begun. */
  #enterSendingRest: (() => void) | undefined;

  constructor(http: HttpConnection, request: ComposedRequest, deadline: Deadline, options: ExchangeOptions) {
    this.#http = http;
    this.request = request;
    this.#deadline = deadline;
    this.options = options;
    this.#writer = new RequestWriter(http.connection, request.bytes);
    this.#before = http.lastRun?.over;
    this.#isTurn = !this.#before;
    this.requestNumber = http.begin(this);
  }

  /** `performance.now()` when the system took the last octet of the request. */
  get sentAt(): number | undefined {
    return this.#writer.sentAt;
  }

  /** Settles once nothing more of this request will be written, so that another one may be sent. */
  get written(): Promise<unknown> {
    return this.#writing ?? Promise.resolve();
  }

  get over(): Promise<Exchange | undefined> {
    return this.#over.promise;
  }

  /** True while more of the answer should be read. */
  get reading(): boolean {
    const { state } = this.#http.reader;
    if (this.#stopped) return false;
    if (this.options.content.tooLarge || this.response?.body.complete) return false;
    return state === "head" || state === "body";
  }

  hear(at: number): void {
    this.firstOctetAt ??= at;
    this.lastOctetAt = at;
    this.#deadline.hear(at);
  }

  /** True if the rest of the answer is not wanted. */
  get #stopped(): boolean {
    return this.options.stopAtHead === true && this.response !== undefined;
  }

  /** Sends the request, and reads until its answer is complete or cannot complete. */
  async finish(): Promise<Exchange> {
    if (this.requestNumber === 0) {
      const { refuseExchange } = await import("./early_octets.ts");
      return refuseExchange(this.#http, this.request, this.options.label);
    }
    let exchange: Exchange | undefined;
    try {
      this.#enter("send", `send ${this.options.label}`, this.options.stallTimeout);
      // A peer may answer, and even close, before it has accepted the whole request, so writing must not block reading.
      const writing = this.#writing = this.#write();
      // Awaited at the end; until then an error from a callback must not count as unhandled.
      writing.catch(() => {});
      const error = await this.#read();
      this.#isRead = true;
      this.#deadline.leave();
      const failure = error ?? (this.#stopped ? undefined : await this.#sendRest(writing));
      // The server does not want the rest of the request.
      if (this.sentAt === undefined) this.#http.close();
      await writing;
      return exchange = this.#describe(failure && nameRenegotiation(failure, this.#http.connection));
    } finally {
      this.#http.forget(this);
      this.#over.resolve(exchange);
    }
  }

  /** Reads the answer, after those to earlier requests. */
  async #read(): Promise<ProbeError | undefined> {
    const { stream, reader } = this.#http;
    const { label, stallTimeout, drain } = this.options;
    if (this.#before) {
      const before = await this.#before;
      if (before?.error) return explainFailureBefore(before.error, label);
      this.#isTurn = true;
      // Only now can the peer answer this request.
      if (this.sentAt !== undefined) this.#enterWait();
    }
    let outcome: ReadOutcome | undefined;
    while (this.reading) {
      const { state } = reader;
      const first = this.firstOctetAt === undefined;
      outcome = await stream.receive();
      if (outcome.type !== "data") break;
      const room = drain?.();
      if (room) {
        // The peer is not responsible for this time.
        this.#deadline.leave();
        await room;
      }
      if (this.reading && (first || room || stallTimeout !== undefined || reader.state !== state)) {
        const phase = reader.state === "body" ? "body" : "head";
        this.#enter(phase, `read the ${phase} of the answer to ${label}`, stallTimeout);
      }
    }
    if (this.#stopped) return undefined;
    return explainFailure(this, outcome, reader, this.#deadline.expired);
  }

  /**
   * Continues to send after the answer, until the answer or the end of the connection shows that the rest is unwanted
   * (RFC 9110 §7.5, RFC 9112 §9.5).
   */
  async #sendRest(writing: Promise<WriteOutcome>): Promise<ProbeError | undefined> {
    if (this.sentAt !== undefined || !wantsRest(this.response)) return undefined;
    const { stream } = this.#http;
    const { label, stallTimeout } = this.options;
    const enter = (): void => this.#enter("send", `send the rest of ${label}`, stallTimeout);
    this.#enterSendingRest = enter;
    enter();
    const over = writing.then(() => undefined);
    let outcome: ReadOutcome | undefined;
    do outcome = await stream.receiveUnless(over); while (outcome?.type === "data");
    // A failed write does not show how the connection ended.
    while (outcome === undefined && this.sentAt === undefined) {
      const { type } = await stream.receive();
      if (type !== "data") break;
    }
    this.#deadline.leave();
    return this.sentAt === undefined ? this.#deadline.expired : undefined;
  }

  async #write(): Promise<WriteOutcome> {
    const { label, stallTimeout } = this.options;
    const outcome = await this.#writer.write(() => {
      // A stall limit applies to each piece.
      if (stallTimeout === undefined) return;
      if (this.firstOctetAt === undefined) this.#enter("send", `send ${label}`, stallTimeout);
      else this.#enterSendingRest?.();
    });
    // If sonde closed the connection, its deadline has expired; another phase would clear that.
    if (outcome.type !== "closed") this.#enterWait();
    return outcome;
  }

  #enterWait(): void {
    if (this.firstOctetAt !== undefined || this.#isRead) return;
    const { label, firstByteTimeout } = this.options;
    this.#enter("wait", `get an answer to ${label}`, this.#isTurn ? firstByteTimeout : undefined);
  }

  #enter(phase: ProbeError["phase"], doing: string, limit: number | undefined): void {
    this.#deadline.enter(phase, doing, limit, () => this.#http.connection.close());
  }

  #describe(error: ProbeError | undefined): Exchange {
    const { sentAt, firstOctetAt, lastOctetAt, interim, response, requestNumber } = this;
    const request = this.#writer.facts;
    const partialHead = response ? undefined : this.#http.partialHeadOf(requestNumber);
    const deviations = this.#http.deviationsOf(this);
    const startedAt = this.#startedAt;
    const facts = { requestNumber, response, partialHead, request, interim, deviations, error };
    return { ...facts, startedAt, sentAt, firstOctetAt, lastOctetAt };
  }
}

/** Tells whether a server that has answered still wants the rest of the request: an error or a close means no. */
function wantsRest(response: ParsedResponse | undefined): boolean {
  return response !== undefined && response.status < 400 && response.announced.persistent &&
    response.persistent !== false;
}
