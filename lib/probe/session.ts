/**
 * One connection and the requests that go over it, one after the other.
 *
 * @module
 */

import type { InterimHead, ParsedResponse } from "../http/response.ts";
import { ResponseReader } from "../http/response_reader.ts";
import { classifyError } from "../net/classify_error.ts";
import type { Connection, ReadOutcome, WriteOutcome } from "../net/connection.ts";
import type { Deadline } from "../net/deadline.ts";
import type { Deviation, ErrorKind, HeaderField, Phase, ProbeError } from "../result.ts";
import type { ComposedRequest } from "./compose_request.ts";
import { nextTurn } from "./next_turn.ts";
import type { LimitOptions } from "./options.ts";

/** What one request and its answer gave. Points in time are values of `performance.now()`. */
export interface Exchange {
  /** Present from the moment its head was complete. */
  readonly response?: ParsedResponse;
  /** What there is of a head that is not complete. */
  readonly partialHead?: { version?: string; status?: number; reason?: string; headers?: HeaderField[] };
  readonly interim: readonly { readonly head: InterimHead; readonly at: number }[];
  readonly deviations: readonly Deviation[];
  /** Present if it did not complete. */
  readonly error?: ProbeError;
  readonly startedAt: number;
  /** When the last octet of the request was taken by the system. */
  readonly sentAt?: number;
  readonly firstOctetAt?: number;
  /** When the last octet that was read had come. */
  readonly lastOctetAt?: number;
}

/** Limits of one exchange, and what is done with the content. */
export interface ExchangeOptions extends Pick<LimitOptions, "firstByteTimeout" | "maxBody"> {
  /** For messages: `GET http://example.org/`. */
  readonly label: string;
  /** Given the content as it comes, up to `maxBody`. */
  readonly onBody?: (data: Uint8Array) => void;
  /** Milliseconds for which a body may bring nothing new. */
  readonly stallTimeout?: number;
  /** Awaited before more is read, if it gives a promise: whoever takes the content may be slower than the peer. */
  readonly drain?: () => Promise<void> | undefined;
}

/** How a connection came to its end. */
export interface SessionEnd {
  readonly by: "peer" | "us";
  readonly how: "fin" | "rst" | "tls-truncated" | "closed";
  /** `performance.now()` */
  readonly at: number;
}

const MAX_BODY = 10 * 1024 * 1024;

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
  #onInterim: ((head: InterimHead) => void) | undefined;
  #onBody: ((data: Uint8Array) => void) | undefined;

  constructor(connection: Connection, limits: LimitOptions["reader"] = {}) {
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

  /** Whether another request may be sent: nothing announced, received or seen speaks against it. */
  get reusable(): boolean {
    return this.#end === undefined && this.reader.reusable;
  }

  /**
   * Sends one request and reads until its response is complete, or cannot be.
   *
   * @throws {TypeError} If the session is not {@linkcode reusable}
   */
  async exchange(request: ComposedRequest, deadline: Deadline, options: ExchangeOptions): Promise<Exchange> {
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
    const outcome = await this.#pending;
    this.#pending = undefined;
    const at = performance.now();
    switch (outcome.type) {
      case "data":
        this.reader.receive(outcome.bytes);
        break;
      case "fin":
      case "tls-truncated":
        this.#end ??= { by: "peer", how: outcome.type, at };
        this.reader.end(outcome.type);
        break;
      case "rst":
        this.#end ??= { by: "peer", how: "rst", at };
        break;
      case "closed":
      case "error":
        this.#end ??= { by: "us", how: "closed", at };
        break;
    }
    return outcome;
  }

  /**
   * Watches an idle connection.
   *
   * @param ms For so long at most; 0 takes only what is there already
   * @param signal Ends the watch early
   * @returns How it ended, if it did; nothing is closed by this
   */
  async watch(ms: number, signal?: AbortSignal): Promise<SessionEnd | undefined> {
    if (this.#end || signal?.aborted) return this.#end;
    if (ms <= 0) return await this.#glance();
    const over = Promise.withResolvers<undefined>();
    const stop = (): void => over.resolve(undefined);
    const timer = setTimeout(stop, Math.max(0, ms));
    signal?.addEventListener("abort", stop);
    try {
      while (!this.#end) {
        this.#pending ??= this.connection.read();
        if (await Promise.race([this.#pending, over.promise]) === undefined) break;
        await this.receive();
      }
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
    return this.#end;
  }

  /** Takes what is there already. */
  async #glance(): Promise<SessionEnd | undefined> {
    while (!this.#end) {
      let arrived = false;
      this.#pending ??= this.connection.read();
      void this.#pending.then(() => arrived = true);
      await nextTurn();
      if (!arrived) break;
      await this.receive();
    }
    return this.#end;
  }

  /** Closes the connection from our side, if it has not ended. */
  close(): void {
    this.#end ??= { by: "us", how: "closed", at: performance.now() };
    this.connection.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** One request on its way and the answer coming in. */
class ExchangeRun {
  readonly interim: { head: InterimHead; at: number }[] = [];

  readonly #session: Session;
  readonly #request: ComposedRequest;
  readonly #deadline: Deadline;
  readonly #options: ExchangeOptions;
  readonly #index: number;
  readonly #startedAt = performance.now();
  #sentAt: number | undefined;
  #firstOctetAt: number | undefined;
  #lastOctetAt: number | undefined;
  #tooLarge = false;
  #read = false;

  constructor(session: Session, request: ComposedRequest, deadline: Deadline, options: ExchangeOptions) {
    this.#session = session;
    this.#request = request;
    this.#deadline = deadline;
    this.#options = options;
    this.#index = session.reader.responses.length;
  }

  get #response(): ParsedResponse | undefined {
    return this.#session.reader.responses[this.#index];
  }

  get #reading(): boolean {
    const { state } = this.#session.reader;
    return !this.#tooLarge && (state === "head" || state === "body");
  }

  takeBody(data: Uint8Array): void {
    const { maxBody = MAX_BODY, onBody } = this.#options;
    const room = maxBody - this.#response!.body.bytes;
    // The reader counts after it has handed on.
    if (data.length > room) this.#tooLarge = true;
    if (room > 0) onBody?.(data.length > room ? data.subarray(0, room) : data);
  }

  async finish(): Promise<Exchange> {
    const { reader, connection } = this.#session;
    const { label, stallTimeout, drain } = this.#options;
    const close = (): void => connection.close();
    this.#deadline.enter("send", `send ${label}`, undefined, close);
    // A peer may answer, and even close, before it has taken the whole request: writing must not hold up reading.
    const writing = this.#write(close);
    let outcome: ReadOutcome | undefined;
    while (this.#reading) {
      const before = reader.state;
      outcome = await this.#session.receive();
      if (outcome.type !== "data") break;
      this.#lastOctetAt = performance.now();
      const first = this.#firstOctetAt === undefined;
      this.#firstOctetAt ??= this.#lastOctetAt;
      const room = drain?.();
      if (room) {
        // No time of the peer's.
        this.#deadline.leave();
        await room;
      }
      if (this.#reading && (first || room || stallTimeout !== undefined || reader.state !== before)) {
        const phase = reader.state === "body" ? "body" : "head";
        const limit = phase === "body" ? stallTimeout : undefined;
        this.#deadline.enter(phase, `read the ${phase} of the answer to ${label}`, limit, close);
      }
    }
    this.#read = true;
    this.#deadline.leave();
    const error = this.#error(outcome);
    // An answer can be complete while octets of the request are still on their way; they are of no use any more.
    if (this.#sentAt === undefined) connection.close();
    await writing;
    return this.#describe(error);
  }

  async #write(close: () => void): Promise<WriteOutcome> {
    const outcome = await this.#session.connection.write(this.#request.bytes);
    if (outcome.type === "written") this.#sentAt = performance.now();
    if (this.#firstOctetAt === undefined && !this.#read) {
      const { label, firstByteTimeout } = this.#options;
      this.#deadline.enter("wait", `get an answer to ${label}`, firstByteTimeout, close);
    }
    return outcome;
  }

  #error(outcome: ReadOutcome | undefined): ProbeError | undefined {
    const { reader } = this.#session;
    const { label, maxBody = MAX_BODY } = this.#options;
    if (this.#tooLarge) {
      return this.#failure("limit", "body", `the body has more than ${maxBody} octets`);
    }
    if (reader.failure) {
      const { kind, phase, message, offset } = reader.failure;
      const where = kind === "syntax" || kind === "limit" ? ` (at octet ${offset})` : "";
      return this.#failure(kind, phase, `${message}${where}`);
    }
    if (!this.#reading) return undefined;
    const phase = this.#phase();
    switch (outcome?.type) {
      case "rst":
        return this.#failure("reset", phase, `the peer reset the connection${this.#progress()}`);
      case "error":
        return classifyError(outcome.error, phase, `read the answer to ${label}`);
      case "closed":
        return this.#deadline.expired ?? this.#failure("aborted", phase, "the connection was closed here");
      default:
        return this.#failure("closed", phase, `the peer closed the connection${this.#progress()}`);
    }
  }

  #phase(): Phase {
    if (this.#response) return "body";
    if (this.#firstOctetAt !== undefined) return "head";
    return this.#sentAt === undefined ? "send" : "wait";
  }

  #progress(): string {
    const body = this.#response?.body;
    if (body?.expected !== undefined) return ` after ${body.bytes} of ${body.expected} octets of content`;
    if (body) return ` after ${body.bytes} octets of content`;
    return this.#firstOctetAt === undefined ? " before any octet of an answer" : " in the head of the answer";
  }

  #failure(kind: ErrorKind, phase: Phase, cause: string): ProbeError {
    const by = kind === "aborted" ? "local" : "target";
    return { kind, phase, by, message: `Cannot read the answer to ${this.#options.label}: ${cause}` };
  }

  #describe(error: ProbeError | undefined): Exchange {
    const { reader } = this.#session;
    const response = this.#response;
    return {
      ...(response ? { response } : { partialHead: reader.partialHead }),
      interim: this.interim,
      deviations: reader.messageDeviations,
      ...(error && { error }),
      startedAt: this.#startedAt,
      ...(this.#sentAt !== undefined && { sentAt: this.#sentAt }),
      ...(this.#firstOctetAt !== undefined && { firstOctetAt: this.#firstOctetAt }),
      ...(this.#lastOctetAt !== undefined && { lastOctetAt: this.#lastOctetAt }),
    };
  }
}
