/**
 * Reads one connection, passes its octets to a consumer, and remembers its end.
 *
 * @module
 */

import { callAfter } from "../time/timer.ts";
import { askSystem, askSystemOnce, MOST_LOOKS } from "./ask_system.ts";
import type { Connection, ReadOutcome } from "./connection.ts";
import type { StreamEnd } from "./stream_end.ts";

export type { StreamEnd };

/** Takes the octets that a {@linkcode ConnectionReader} reads. */
export interface StreamConsumer {
  /**
   * Takes a piece. The octets are valid until the next read.
   *
   * @param at `performance.now()` when the piece came
   */
  take(bytes: Uint8Array, at: number): void;
  /** Receives the end, once. */
  end?(end: StreamEnd): void;
}

/**
 * Owns an open connection and its one pending read.
 *
 * A read may stay pending; the next call takes its outcome. So you can watch a connection while you expect nothing, and
 * notice octets or an end that come too early.
 */
export class ConnectionReader implements Disposable, AsyncDisposable {
  readonly connection: Connection;

  readonly #consumer: StreamConsumer;
  #pending: Promise<ReadOutcome> | undefined;
  #end: StreamEnd | undefined;
  #fin: Promise<boolean> | undefined;
  #firstOctetAt: number | undefined;
  #lastOctetAt: number | undefined;

  constructor(connection: Connection, consumer: StreamConsumer) {
    this.connection = connection;
    this.#consumer = consumer;
  }

  /** The end of the connection, once it was noticed. */
  get end(): StreamEnd | undefined {
    return this.#end;
  }

  /** `performance.now()` when the first octet after the last {@linkcode startTurn} came. */
  get firstOctetAt(): number | undefined {
    return this.#firstOctetAt;
  }

  /** `performance.now()` when the last octets came. */
  get lastOctetAt(): number | undefined {
    return this.#lastOctetAt;
  }

  /** Forgets {@linkcode firstOctetAt}: the next octets are the first of another answer. */
  startTurn(): void {
    this.#firstOctetAt = undefined;
  }

  /** Reads the next piece, or the end. The consumer has received it when the promise settles. */
  async receive(): Promise<ReadOutcome> {
    const outcome = await this.#read();
    this.#pending = undefined;
    const at = performance.now();
    if (outcome.type === "data") {
      this.#firstOctetAt ??= at;
      this.#lastOctetAt = at;
      this.#consumer.take(outcome.bytes, at);
    } else this.#endBy(endOf(outcome, at));
    return outcome;
  }

  /**
   * Reads the next piece or the end. If `over` settles first, the read stays pending.
   *
   * @returns `undefined` if `over` settled first
   */
  async receiveUnless(over: Promise<undefined>): Promise<ReadOutcome | undefined> {
    if (await Promise.race([this.#read(), over]) === undefined) return undefined;
    return await this.receive();
  }

  /**
   * Takes everything that the system holds now. It came before the next request, so it cannot be the answer (RFC 9112
   * §9.2). Send immediately after this call, without waiting in between.
   *
   * @returns True if the connection is open and nothing is left to take
   */
  settle(): Promise<boolean> {
    return this.#takeArrived(askSystem);
  }

  /**
   * Watches an idle connection until it ends; over TLS, until FIN has come as well. This never closes the connection.
   *
   * @param ms Maximum milliseconds to watch; 0 takes only what has already arrived
   * @param signal Ends the watch early
   */
  watch(ms: number, signal?: AbortSignal): Promise<StreamEnd | undefined> {
    if (this.#isOver || signal?.aborted) return Promise.resolve(this.#end);
    return ms <= 0 ? this.#glance() : this.#watchFor(ms, signal);
  }

  /** After close_notify, waits for FIN until `over` settles, and records in {@linkcode end} whether it came. */
  async watchForFin(over: Promise<unknown>): Promise<void> {
    if (this.#end?.how !== "close-notify" || this.#end.fin === true) return;
    const fin = await Promise.race([this.#waitForFin(), over]) === true;
    const { at } = this.#end;
    this.#end = { ...this.#end, fin, ...(fin && { finAfter: performance.now() - at }) };
  }

  /** Closes the connection from our side, unless it has ended. */
  close(): void {
    this.#endBy({ by: "us", how: "closed", at: performance.now() });
    this.connection.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Closes the connection, and waits until its pending read is over. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await this.#pending;
  }

  #read(): Promise<ReadOutcome> {
    return this.#pending ??= this.connection.read();
  }

  /** Records the end; only the first one counts. */
  #endBy(end: StreamEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#consumer.end?.(end);
  }

  async #takeArrived(ask: typeof askSystem): Promise<boolean> {
    for (let looks = 0; looks < MOST_LOOKS && !this.#end; looks++) {
      let arrived = false;
      void this.#read().then(() => arrived = true);
      await ask(this.connection);
      if (!arrived) return true;
      await this.receive();
    }
    return false;
  }

  async #glance(): Promise<StreamEnd | undefined> {
    await this.#takeArrived(askSystemOnce);
    if (this.#end && !this.#isOver) await this.watchForFin(askSystemOnce(this.connection));
    return this.#end;
  }

  async #watchFor(ms: number, signal: AbortSignal | undefined): Promise<StreamEnd | undefined> {
    const { promise: over, resolve } = Promise.withResolvers<undefined>();
    const stop = (): void => resolve(undefined);
    const callOff = callAfter(ms, stop);
    signal?.addEventListener("abort", stop);
    try {
      while (!this.#end) {
        if (await this.receiveUnless(over) === undefined) break;
      }
      await this.watchForFin(over);
    } finally {
      callOff();
      signal?.removeEventListener("abort", stop);
    }
    return this.#end;
  }

  /** Records that nothing more can come. */
  get #isOver(): boolean {
    return this.#end !== undefined && (this.#end.how !== "close-notify" || this.#end.fin === true);
  }

  #waitForFin(): Promise<boolean> {
    if (!this.#fin) {
      this.#fin = this.connection.waitForFin?.() ?? Promise.resolve(false);
      // A failure reaches the callers that wait. If nobody waits, nobody needs to know.
      this.#fin.catch(() => {});
    }
    return this.#fin;
  }
}

function endOf(outcome: Exclude<ReadOutcome, { readonly type: "data" }>, at: number): StreamEnd {
  switch (outcome.type) {
    case "fin":
    case "close-notify":
    case "rst":
    case "tls-truncated":
      return { by: "peer", how: outcome.type, at };
    case "closed":
      return { by: "us", how: "closed", at };
    case "error":
      return { by: "us", how: "error", at, error: outcome.error };
  }
}
