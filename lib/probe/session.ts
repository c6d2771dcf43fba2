/**
 * One connection and the requests that go over it, one after the other.
 *
 * @module
 */

import type { InterimHead } from "../http/response.ts";
import { ResponseReader } from "../http/response_reader.ts";
import { askSystem, askSystemOnce, MOST_LOOKS } from "../net/ask_system.ts";
import type { Connection, ReadOutcome } from "../net/connection.ts";
import type { Deadline } from "../net/deadline.ts";
import { callAfter } from "../time/timer.ts";
import type { ComposedRequest } from "./compose_request.ts";
import { type Exchange, type ExchangeOptions, ExchangeRun } from "./exchange.ts";
import type { LimitOptions } from "./options.ts";

export type { Exchange, ExchangeOptions };

/** How a connection came to its end. */
export interface SessionEnd {
  readonly by: "peer" | "us";
  readonly how: "fin" | "close-notify" | "rst" | "tls-truncated" | "closed";
  /** For `close-notify`: whether FIN followed, as far as was watched. */
  readonly fin?: boolean;
  /** Milliseconds from close_notify to FIN. */
  readonly finAfter?: number;
  /** `performance.now()` */
  readonly at: number;
}

/**
 * Sends requests over one connection, reads the answers, and watches it in between: a read is always under way, so that
 * an end or surplus octets are noticed when they come.
 */
export class Session implements Disposable {
  readonly connection: Connection;
  readonly reader: ResponseReader;
  /** Requests sent so far. */
  requests = 0;

  #pending: Promise<ReadOutcome> | undefined;
  #end: SessionEnd | undefined;
  #surplusAt: number | undefined;
  #fin: Promise<boolean> | undefined;
  #fault: Error | undefined;
  #onInterim: ((head: InterimHead) => void) | undefined;
  #onBody: ((data: Uint8Array) => void) | undefined;

  constructor(connection: Connection, limits: LimitOptions["limits"] = {}) {
    this.connection = connection;
    this.reader = new ResponseReader({
      requests: [],
      limits,
      onInterim: (head) => this.#onInterim?.(head),
      onBody: (data) => this.#onBody?.(data),
    });
  }

  /** How the connection ended, as far as was noticed. */
  get end(): SessionEnd | undefined {
    return this.#end;
  }

  /** Octets other than line ends have come that belong to no response. */
  get holdsExcess(): boolean {
    return this.#surplusAt !== undefined && this.reader.surplusBytes > 0 && !this.reader.reusable;
  }

  /** When the first octets came that belong to no response (`performance.now()`). */
  get surplusAt(): number | undefined {
    return this.#surplusAt;
  }

  /** What came that cannot be read on after, as a TLS alert. */
  get fault(): Error | undefined {
    return this.#fault;
  }

  /** Whether another request may be sent: nothing announced, received or seen speaks against it. */
  get reusable(): boolean {
    return this.#end === undefined && this.reader.reusable;
  }

  /**
   * Looks once more at the connection, and says whether another request may be sent. What the system holds by then came
   * before that request, so it is no answer to it (RFC 9112 §9.2). Whoever sends does it at once, with no wait in between.
   */
  async ready(): Promise<boolean> {
    return await this.#takeArrived(askSystem) && this.reusable;
  }

  /**
   * Sends one request and reads until its response is complete, or cannot be. On a connection that was in use before, call
   * {@linkcode ready} first.
   *
   * @throws {TypeError} If the session is not {@linkcode reusable} after an earlier one
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

  /** Takes what comes next. A data outcome has been given to the reader; anything else is the end of the connection. */
  async receive(): Promise<ReadOutcome> {
    this.#pending ??= this.connection.read();
    return this.#take(await this.#pending);
  }

  /** The same, unless `over` settles first; then what comes next is still to be taken. */
  async receiveUnless(over: Promise<undefined>): Promise<ReadOutcome | undefined> {
    this.#pending ??= this.connection.read();
    const outcome = await Promise.race([this.#pending, over]);
    return outcome && this.#take(outcome);
  }

  #take(outcome: ReadOutcome): ReadOutcome {
    this.#pending = undefined;
    switch (outcome.type) {
      case "data":
        this.reader.receive(outcome.bytes);
        if (this.reader.surplusBytes > 0) this.#surplusAt ??= performance.now();
        break;
      case "fin":
      case "tls-truncated":
        this.#endBy("peer", outcome.type);
        this.reader.end(outcome.type);
        break;
      case "close-notify":
        this.#endBy("peer", outcome.type);
        this.reader.end();
        break;
      case "rst":
        this.#endBy("peer", "rst");
        break;
      case "error":
        this.#fault = outcome.error;
        this.#endBy("us", "closed");
        break;
      case "closed":
        this.#endBy("us", "closed");
        break;
    }
    return outcome;
  }

  /** The first end counts. */
  #endBy(by: SessionEnd["by"], how: SessionEnd["how"]): void {
    this.#end ??= { by, how, at: performance.now() };
  }

  /**
   * Watches an idle connection.
   *
   * @param ms For so long at most, over TLS until FIN has come as well; 0 takes only what is there already
   * @param signal Ends the watch early
   * @returns How it ended, if it did; nothing is closed by this
   */
  watch(ms: number, signal?: AbortSignal): Promise<SessionEnd | undefined> {
    if (this.#over || signal?.aborted) return Promise.resolve(this.#end);
    return ms <= 0 ? this.#glance() : this.#gaze(ms, signal);
  }

  async #gaze(ms: number, signal: AbortSignal | undefined): Promise<SessionEnd | undefined> {
    const over = Promise.withResolvers<undefined>();
    const stop = (): void => over.resolve(undefined);
    const callOff = callAfter(ms, stop);
    signal?.addEventListener("abort", stop);
    try {
      while (!this.#end) {
        this.#pending ??= this.connection.read();
        if (await Promise.race([this.#pending, over.promise]) === undefined) break;
        await this.receive();
      }
      if (this.#end && !this.#over) this.#noteFin(await Promise.race([this.#waitForFin(), over.promise]));
    } finally {
      callOff();
      signal?.removeEventListener("abort", stop);
    }
    return this.#end;
  }

  /** Takes what is there already. */
  async #glance(): Promise<SessionEnd | undefined> {
    await this.#takeArrived(askSystemOnce);
    if (this.#end && !this.#over) {
      const came = this.#waitForFin();
      this.#noteFin(await Promise.race([came, askSystemOnce(this.connection)]));
    }
    return this.#end;
  }

  /** Takes what has arrived, and says whether nothing more is there by then. */
  async #takeArrived(ask: typeof askSystem): Promise<boolean> {
    for (let looks = 0; looks < MOST_LOOKS && !this.#end; looks++) {
      let arrived = false;
      this.#pending ??= this.connection.read();
      void this.#pending.then(() => arrived = true);
      await ask(this.connection);
      if (!arrived) return true;
      await this.receive();
    }
    return false;
  }

  /** Nothing more can come. */
  get #over(): boolean {
    return this.#end !== undefined && (this.#end.how !== "close-notify" || this.#end.fin === true);
  }

  #waitForFin(): Promise<boolean> {
    if (!this.#fin) {
      this.#fin = this.connection.waitForFin?.() ?? Promise.resolve(false);
      // Whoever waits is told of a failure; once nobody does, it is of no use to anyone.
      this.#fin.catch(() => {});
    }
    return this.#fin;
  }

  /** @param fin Whether it came; `undefined` where it had not come yet */
  #noteFin(fin: boolean | void): void {
    if (this.#end?.how !== "close-notify") return;
    const finAfter = fin === true ? { finAfter: performance.now() - this.#end.at } : {};
    this.#end = { ...this.#end, fin: fin === true, ...finAfter };
  }

  /** Closes the connection after an exchange that failed; where the peer has ended it, what is there of its end is seen first. */
  async closeAfterFailure(): Promise<void> {
    if (this.#end) await this.watch(0);
    this.close();
  }

  /** Closes the connection from our side, if it has not ended. */
  close(): void {
    this.#endBy("us", "closed");
    this.connection.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
