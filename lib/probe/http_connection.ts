/**
 * One connection and the requests that go over it, one after the other.
 *
 * @module
 */

import type { ParsedResponse } from "../http/response.ts";
import { ResponseReader } from "../http/response_reader.ts";
import type { Connection } from "../net/connection.ts";
import { ConnectionReader, type StreamEnd } from "../net/connection_reader.ts";
import type { Deviation } from "../result.ts";
import type { Exchange, OngoingExchange, PartialHead } from "./exchange.ts";
import type { LimitOptions } from "./options.ts";

/**
 * Sends requests over one connection, reads the answers, and watches it in between. A read is always pending, so that
 * the connection notices an end or surplus octets immediately.
 */
export class HttpConnection implements Disposable {
  readonly stream: ConnectionReader;
  readonly reader: ResponseReader;
  /** Number of requests sent so far. */
  requests = 0;

  /** Number of final responses whose heads are complete. */
  #heads = 0;
  /** The exchange whose head is complete and whose content is arriving. */
  #answering: OngoingExchange | undefined;
  #surplusAt: number | undefined;
  /** The exchanges whose answers are incomplete, in order. */
  readonly #runs: OngoingExchange[] = [];
  #lastRun: OngoingExchange | undefined;

  /** The time at which the last octets came. */
  #heardAt = 0;

  readonly #take = (bytes: Uint8Array, at: number): void => {
    const { reader } = this;
    this.#heardAt = at;
    reader.receive(bytes);
    if (reader.surplusBytes > 0) this.#surplusAt ??= at;
    // A piece may hold the end of one answer and the beginning of the next.
    for (let run = this.#runs[0]; run; run = this.#runs[0]) {
      run.hear(at);
      const { response } = run;
      if (!response?.body.complete) return;
      this.#runs.shift();
      if (reader.offset <= response.offset + response.headBytes + response.body.wireBytes) return;
    }
  };

  constructor(connection: Connection, limits: LimitOptions["limits"] = {}) {
    this.reader = new ResponseReader({
      requests: [],
      limits,
      onInterim: (head) => this.#find(this.#heads + 1)?.interim.push({ head, at: this.#heardAt }),
      onHead: (response) => this.#takeHead(response),
      onBody: (data) => this.#answering?.options.content.take(data),
    });
    this.stream = new ConnectionReader(connection, {
      take: this.#take,
      end: (end) => endReading(this.reader, end),
    });
  }

  /** The connection that carries the requests. */
  get connection(): Connection {
    return this.stream.connection;
  }

  /** The end of the connection, once it was noticed. */
  get end(): StreamEnd | undefined {
    return this.stream.end;
  }

  /** True once octets other than line ends have come that belong to no response. */
  get holdsExcess(): boolean {
    return this.#surplusAt !== undefined && this.reader.surplusBytes > 0 && !this.reader.reusable;
  }

  /** `performance.now()` when the first octets came that belong to no response. */
  get surplusAt(): number | undefined {
    return this.#surplusAt;
  }

  /** True if another request may be sent: nothing announced, received or seen forbids it. */
  get reusable(): boolean {
    return this.end === undefined && this.reader.reusable;
  }

  /**
   * Looks at the connection once more, and tells whether another request may be sent. Octets that the system holds now
   * came before that request, so they cannot answer it (RFC 9112 §9.2). Send immediately after this call, without
   * waiting in between.
   */
  async ready(): Promise<boolean> {
    return await this.stream.settle() && this.reusable;
  }

  /** The most recent exchange, while it is running. */
  get lastRun(): OngoingExchange | undefined {
    return this.#lastRun;
  }

  /**
   * Begins an exchange. On a connection that was used before, call {@linkcode ready} first.
   *
   * @returns Number of the request on the connection, from 1; 0 if the connection was unusable before its first request
   * @throws {TypeError} If the connection is not {@linkcode reusable} after an earlier one
   */
  begin(run: OngoingExchange): number {
    if (this.requests === 0 && !this.reusable) return 0;
    this.reader.expect(run.request);
    this.#runs.push(run);
    this.#lastRun = run;
    return ++this.requests;
  }

  /** Forgets a finished exchange. */
  forget(run: OngoingExchange): void {
    if (this.#lastRun === run) this.#lastRun = undefined;
    if (this.#answering === run) this.#answering = undefined;
    const index = this.#runs.indexOf(run);
    if (index !== -1) this.#runs.splice(index, 1);
  }

  /** Gives the deviations of an exchange's answer. Those of stray octets belong to the last answer. */
  deviationsOf(
    { requestNumber, response }: Pick<Exchange, "requestNumber" | "response">,
  ): readonly Deviation[] {
    if (requestNumber !== this.#current) return response?.deviations ?? [];
    const { responses, messageDeviations } = this.reader;
    // If the previous answer ended the use of the connection, later octets belong to that answer.
    const isPrevented = requestNumber > this.#heads && responses.at(-1)?.persistent === false;
    return isPrevented ? [] : messageDeviations;
  }

  /** Gives the beginning of an incomplete head. */
  partialHeadOf(requestNumber: number): PartialHead | undefined {
    return requestNumber === this.#current ? this.reader.partialHead : undefined;
  }

  /** Watches an idle connection; see {@linkcode ConnectionReader.watch}. */
  watch(ms: number, signal?: AbortSignal): Promise<StreamEnd | undefined> {
    return this.stream.watch(ms, signal);
  }

  /** Closes the connection after a failed exchange. If the peer has ended it, reads the rest of its end first. */
  async closeAfterFailure(): Promise<void> {
    if (this.end) await this.watch(0);
    this.close();
  }

  /** Closes the connection from our side, unless it has ended. */
  close(): void {
    this.stream.close();
  }

  /** Number of the request whose answer is being read or was read last. */
  get #current(): number {
    return this.requests - Math.max(0, this.reader.unanswered - 1);
  }

  #takeHead(response: ParsedResponse): void {
    this.#answering = this.#find(++this.#heads);
    if (this.#answering) this.#answering.response = response;
    // Each exchange keeps its own response.
    this.reader.dropEarlierResponses();
  }

  #find(requestNumber: number): OngoingExchange | undefined {
    return this.#runs.find((run) => run.requestNumber === requestNumber);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * Tells a reader of responses that its stream is over. After a cut the reader is not told, because the response may
 * have gone on.
 */
export function endReading(reader: ResponseReader, { how }: StreamEnd): void {
  if (how === "fin" || how === "tls-truncated") reader.end(how);
  else if (how === "close-notify") reader.end();
}
