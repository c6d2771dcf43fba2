/**
 * One connection and the requests that go over it, one after the other.
 *
 * @module
 */

import type { InterimHead } from "../http/response.ts";
import { ResponseReader } from "../http/response_reader.ts";
import type { Connection } from "../net/connection.ts";
import { ConnectionReader, type StreamEnd } from "../net/connection_reader.ts";
import type { Deadline } from "../net/deadline.ts";
import type { ComposedRequest } from "./compose_request.ts";
import { type Exchange, type ExchangeOptions, ExchangeRun } from "./exchange.ts";
import type { LimitOptions } from "./options.ts";

export type { Exchange, ExchangeOptions };

/**
 * Sends requests over one connection, reads the answers, and watches it in between: a read is always under way, so that
 * an end or surplus octets are noticed when they come.
 */
export class HttpConnection implements Disposable {
  readonly stream: ConnectionReader;
  readonly reader: ResponseReader;
  /** Requests sent so far. */
  requests = 0;

  #surplusAt: number | undefined;
  #onInterim: ((head: InterimHead) => void) | undefined;
  #onBody: ((data: Uint8Array) => void) | undefined;

  constructor(connection: Connection, limits: LimitOptions["limits"] = {}) {
    this.reader = new ResponseReader({
      requests: [],
      limits,
      onInterim: (head) => this.#onInterim?.(head),
      onBody: (data) => this.#onBody?.(data),
    });
    this.stream = new ConnectionReader(connection, {
      take: (bytes, at) => {
        this.reader.receive(bytes);
        if (this.reader.surplusBytes > 0) this.#surplusAt ??= at;
      },
      end: (end) => endReading(this.reader, end),
    });
  }

  /** The connection that the requests go over. */
  get connection(): Connection {
    return this.stream.connection;
  }

  /** How the connection ended, as far as was noticed. */
  get end(): StreamEnd | undefined {
    return this.stream.end;
  }

  /** Octets other than line ends have come that belong to no response. */
  get holdsExcess(): boolean {
    return this.#surplusAt !== undefined && this.reader.surplusBytes > 0 && !this.reader.reusable;
  }

  /** When the first octets came that belong to no response (`performance.now()`). */
  get surplusAt(): number | undefined {
    return this.#surplusAt;
  }

  /** Whether another request may be sent: nothing announced, received or seen speaks against it. */
  get reusable(): boolean {
    return this.end === undefined && this.reader.reusable;
  }

  /**
   * Looks once more at the connection, and says whether another request may be sent. What the system holds by then came
   * before that request, so it is no answer to it (RFC 9112 §9.2). Whoever sends does it at once, with no wait in between.
   */
  async ready(): Promise<boolean> {
    return await this.stream.settle() && this.reusable;
  }

  /**
   * Sends one request and reads until its response is complete, or cannot be. On a connection that was in use before, call
   * {@linkcode ready} first.
   *
   * @throws {TypeError} If the connection is not {@linkcode reusable} after an earlier one
   */
  async exchange(request: ComposedRequest, deadline: Deadline, options: ExchangeOptions): Promise<Exchange> {
    if (this.requests === 0 && !this.reusable) {
      const { refuseExchange } = await import("./early_octets.ts");
      return refuseExchange(this, request, options.label);
    }
    this.reader.expect(request);
    this.requests++;
    const run = new ExchangeRun(this, request, deadline, options);
    this.#onInterim = (head) => run.interim.push({ head, at: performance.now() });
    this.#onBody = (data) => run.takeBody(data);
    const exchange = await run.finish();
    this.#onInterim = undefined;
    this.#onBody = undefined;
    return exchange;
  }

  /** Watches an idle connection, see {@linkcode ConnectionReader.watch}. */
  watch(ms: number, signal?: AbortSignal): Promise<StreamEnd | undefined> {
    return this.stream.watch(ms, signal);
  }

  /** Closes the connection after an exchange that failed; where the peer has ended it, what is there of its end is seen first. */
  async closeAfterFailure(): Promise<void> {
    if (this.end) await this.watch(0);
    this.close();
  }

  /** Closes the connection from our side, if it has not ended. */
  close(): void {
    this.stream.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Tells a reader of responses that its stream is over, unless it was cut off: then the response may have gone on. */
export function endReading(reader: ResponseReader, { how }: StreamEnd): void {
  if (how === "fin" || how === "tls-truncated") reader.end(how);
  else if (how === "close-notify") reader.end();
}
