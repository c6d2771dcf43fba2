/**
 * Watches a connection between its requests.
 *
 * @module
 */

import type { Deadline } from "../net/deadline.ts";
import type { NewConnection, ProbeError, ProbeResult } from "../result.ts";
import { addAftermath } from "./describe_connection.ts";
import type { AnswerTimes } from "./early_answer.ts";
import type { Exchange } from "./exchange.ts";
import { lingerOn } from "./hop.ts";
import type { HttpConnection } from "./http_connection.ts";
import { explainNewConnection } from "./new_connection.ts";
import type { ProbeOptions } from "./options.ts";

/** The surroundings of an answer. */
export interface AnswerContext {
  /** The request in messages: `GET http://example.org/`. */
  readonly label: string;
  readonly deadline: Deadline;
  readonly options: Pick<ProbeOptions, "linger" | "signal">;
  /** True if no other request will follow. */
  readonly last: boolean;
  /** True if the request was sent before the previous one was answered. */
  readonly pipelined: boolean;
}

/** A connection with at most one running watch, which the next request ends. */
export class IdleConnection {
  readonly #http: HttpConnection;
  readonly #times: AnswerTimes;
  /** The exchange that ended last. */
  #last: { readonly result: ProbeResult; readonly exchange: Exchange } | undefined;
  #stop: AbortController | undefined;
  #looking: Promise<unknown> | undefined;

  constructor(http: HttpConnection, times: AnswerTimes) {
    this.#http = http;
    this.#times = times;
  }

  /** Remembers the result of the last exchange, which later events complete. */
  remember(result: ProbeResult, exchange: Exchange): void {
    this.#last = { result, exchange };
    this.#times.noteExcess(this.#http, exchange);
  }

  /** The reason why no further request may be sent, after one was answered or failed. */
  get obstacle(): NewConnection | undefined {
    return this.#last && !this.#http.reusable
      ? explainNewConnection(this.#http, this.#last.exchange)
      : undefined;
  }

  /** Makes the error of a request that can no longer be sent; `undefined` if it may be sent. */
  refuse(label: string): ProbeError | undefined {
    const http = this.#http;
    // If a server spoke before the first request, that has its own error.
    if (http.requests === 0 || http.reusable) return undefined;
    const answering: Pick<Exchange, "response" | "error"> = { response: http.reader.responses.at(-1) };
    const exchange = http.lastRun || !this.#last ? answering : this.#last.exchange;
    const { why, message } = explainNewConnection(http, exchange);
    const by = exchange.error?.by ?? (why === "closed" ? "local" : "target");
    return { kind: "closed", phase: "send", by, message: `Cannot send ${label}: ${message}` };
  }

  /** Watches the connection after an answer, as long as the answer requires. */
  lookAfter(
    answered: Exchange,
    context: AnswerContext,
  ): Promise<{ readonly exchange: Exchange; readonly watched: number }> {
    return this.#look(async (stop) => {
      const http = this.#http;
      const { options, deadline, label, last, pipelined } = context;
      const signal = options.signal ? AbortSignal.any([options.signal, stop]) : stop;
      const exchange = pipelined
        ? answered
        : await this.#times.judge(http, answered, { label, deadline, signal });
      if (exchange.error) await http.closeAfterFailure();
      if (exchange.error || http.reusable && !last) return { exchange, watched: 0 };
      const watched = await lingerOn(http, { ...options, signal }, deadline);
      const { strayWait } = this.#times;
      // A server that sent unrequested octets is watched for as long as they took to come.
      if (strayWait > 0 && !http.end && !http.holdsExcess) {
        await http.watch(Math.min(strayWait, deadline.remaining), signal);
      }
      return { exchange, watched };
    });
  }

  /** Watches the connection, and tells whether another request may be sent. */
  watch(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
    return this.#look(async (stop) => {
      await this.#http.watch(ms, signal ? AbortSignal.any([signal, stop]) : stop);
      return await this.#takeArrived();
    });
  }

  /** Ends the running watch, takes arrived octets, and tells whether another request may be sent. */
  async settle(): Promise<boolean> {
    this.#stop?.abort();
    await this.#looking;
    return await this.#takeArrived();
  }

  async #takeArrived(): Promise<boolean> {
    if (await this.#http.ready()) return true;
    this.#addAftermath();
    return false;
  }

  #addAftermath(): void {
    if (!this.#last || this.#last.exchange.error) return;
    const { result, exchange } = this.#last;
    addAftermath(result, { http: this.#http, exchange });
    this.#times.noteExcess(this.#http, exchange);
  }

  async #look<T>(look: (stop: AbortSignal) => Promise<T>): Promise<T> {
    const stop = this.#stop = new AbortController();
    const looking = look(stop.signal);
    // A failure reaches the caller of the watch; the next watch only waits for its end.
    this.#looking = looking.catch(() => {});
    return await looking;
  }
}
