/**
 * One request and its answer over a connection that is open.
 *
 * @module
 */

import type { InterimHead, ParsedResponse } from "../http/response.ts";
import type { ResponseReader } from "../http/response_reader.ts";
import { classifyError } from "../net/errors/classify_error.ts";
import { nameRenegotiation } from "../net/tls/renegotiation.ts";
import type { ReadOutcome, WriteOutcome } from "../net/connection.ts";
import type { ConnectionReader } from "../net/connection_reader.ts";
import type { Deadline } from "../net/deadline.ts";
import type { Deviation, ErrorKind, HeaderField, Phase, ProbeError, RequestFacts } from "../result.ts";
import type { ComposedRequest } from "./compose_request.ts";
import type { LimitOptions } from "./options.ts";

/** What one request and its answer gave. Points in time are values of `performance.now()`. */
export interface Exchange {
  /** Present from the moment its head was complete. */
  readonly response?: ParsedResponse;
  /** What there is of a head that is not complete. */
  readonly partialHead?: { version?: string; status?: number; reason?: string; headers?: HeaderField[] };
  readonly request: RequestFacts;
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
  readonly onBody?: ((data: Uint8Array) => void) | undefined;
  /** Milliseconds for which a peer may take nothing more of a request, and bring nothing new of an answer. */
  readonly stallTimeout?: number | undefined;
  /** Awaited before more is read, if it gives a promise: whoever takes the content may be slower than the peer. */
  readonly drain?: (() => Promise<void> | undefined) | undefined;
}

/** The parts of a connection that an exchange needs. */
export interface ExchangeConnection {
  readonly stream: ConnectionReader;
  readonly reader: ResponseReader;
}

/** Octets of a request that are written at once: it is noticed how far the peer takes them. */
const PIECE = 64 * 1024;

/** Octets of content that are read where no limit is given. */
const MAX_BODY = 10 * 1024 * 1024;

/** One request on its way and the answer coming in. */
export class ExchangeRun {
  readonly interim: { head: InterimHead; at: number }[] = [];

  readonly #http: ExchangeConnection;
  readonly #request: ComposedRequest;
  readonly #deadline: Deadline;
  readonly #options: ExchangeOptions;
  readonly #index: number;
  readonly #startedAt = performance.now();
  #sentAt: number | undefined;
  #firstOctetAt: number | undefined;
  #lastOctetAt: number | undefined;
  #taken = 0;
  #tooLarge = false;
  #read = false;
  /** Enters the phase in which the rest of the request is sent, once it has begun. */
  #sendingRest: (() => void) | undefined;
  readonly #takenBefore: number;

  constructor(
    http: ExchangeConnection,
    request: ComposedRequest,
    deadline: Deadline,
    options: ExchangeOptions,
  ) {
    this.#http = http;
    this.#request = request;
    this.#deadline = deadline;
    this.#options = options;
    this.#index = http.reader.responses.length;
    this.#takenBefore = http.stream.connection.taken;
  }

  get #response(): ParsedResponse | undefined {
    return this.#http.reader.responses[this.#index];
  }

  get #reading(): boolean {
    const { state } = this.#http.reader;
    return !this.#tooLarge && (state === "head" || state === "body");
  }

  takeBody(data: Uint8Array): void {
    const { maxBody = MAX_BODY, onBody } = this.#options;
    const room = maxBody - this.#taken;
    this.#taken += data.length;
    if (data.length > room) this.#tooLarge = true;
    if (room > 0) onBody?.(data.length > room ? data.subarray(0, room) : data);
  }

  async finish(): Promise<Exchange> {
    const { reader, stream } = this.#http;
    const { label, stallTimeout, drain } = this.#options;
    const close = (): void => stream.connection.close();
    this.#deadline.enter("send", `send ${label}`, stallTimeout, close);
    // A peer may answer, and even close, before it has taken the whole request: writing must not hold up reading.
    const writing = this.#write(close);
    // Awaited at the end; what a callback throws until then must not pass for an error that nobody looks at.
    writing.catch(() => {});
    let outcome: ReadOutcome | undefined;
    while (this.#reading) {
      const before = reader.state;
      outcome = await stream.receive();
      if (outcome.type !== "data") break;
      this.#lastOctetAt = stream.lastOctetAt!;
      this.#deadline.hear(this.#lastOctetAt);
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
        this.#deadline.enter(phase, `read the ${phase} of the answer to ${label}`, stallTimeout, close);
      }
    }
    this.#read = true;
    this.#deadline.leave();
    const error = this.#error(outcome) ?? await this.#sendRest(writing);
    // What is left of the request is of no use any more.
    if (this.#sentAt === undefined) this.#http.stream.close();
    await writing;
    return this.#describe(error && nameRenegotiation(error, this.#http.stream.connection));
  }

  /**
   * Goes on sending after the answer, as long as neither it nor an end of the connection says that the rest is not wanted
   * (RFC 9110 §7.5, RFC 9112 §9.5).
   */
  async #sendRest(writing: Promise<WriteOutcome>): Promise<ProbeError | undefined> {
    if (this.#sentAt !== undefined || !wantsRest(this.#response)) return undefined;
    const { label, stallTimeout } = this.#options;
    const enter = (): void =>
      this.#deadline.enter(
        "send",
        `send the rest of ${label}`,
        stallTimeout,
        () => this.#http.stream.connection.close(),
      );
    this.#sendingRest = enter;
    enter();
    const over = writing.then(() => undefined);
    let outcome: ReadOutcome | undefined;
    do outcome = await this.#http.stream.receiveUnless(over); while (outcome?.type === "data");
    // A write that failed does not say how the connection ended.
    while (outcome === undefined && this.#sentAt === undefined) {
      const { type } = await this.#http.stream.receive();
      if (type !== "data") break;
    }
    this.#deadline.leave();
    return this.#sentAt === undefined ? this.#deadline.expired : undefined;
  }

  async #write(close: () => void): Promise<WriteOutcome> {
    const { label, firstByteTimeout, stallTimeout } = this.#options;
    const { bytes } = this.#request;
    let outcome: WriteOutcome = { type: "written" };
    for (let at = 0; at < bytes.length && outcome.type === "written"; at += PIECE) {
      // Where a stall has a limit, the peer has it for each piece.
      if (at > 0 && stallTimeout !== undefined) {
        if (this.#firstOctetAt === undefined) {
          this.#deadline.enter("send", `send ${label}`, stallTimeout, close);
        } else this.#sendingRest?.();
      }
      outcome = await this.#http.stream.connection.write(bytes.subarray(at, at + PIECE));
    }
    if (outcome.type === "written") this.#sentAt = performance.now();
    // What was closed here has expired, which must not be forgotten.
    if (this.#firstOctetAt === undefined && !this.#read && outcome.type !== "closed") {
      this.#deadline.enter("wait", `get an answer to ${label}`, firstByteTimeout, close);
    }
    return outcome;
  }

  #error(outcome: ReadOutcome | undefined): ProbeError | undefined {
    const { reader } = this.#http;
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
    const { reader } = this.#http;
    const response = this.#response;
    const exchange: { -readonly [Key in keyof Exchange]: Exchange[Key] } = {
      request: {
        bytes: this.#request.bytes.length,
        sentBytes: this.#http.stream.connection.taken - this.#takenBefore,
        complete: this.#sentAt !== undefined,
      },
      interim: this.interim,
      deviations: reader.messageDeviations,
      startedAt: this.#startedAt,
    };
    if (response) exchange.response = response;
    else exchange.partialHead = reader.partialHead;
    if (error) exchange.error = error;
    if (this.#sentAt !== undefined) exchange.sentAt = this.#sentAt;
    if (this.#firstOctetAt !== undefined) exchange.firstOctetAt = this.#firstOctetAt;
    if (this.#lastOctetAt !== undefined) exchange.lastOctetAt = this.#lastOctetAt;
    return exchange;
  }
}

/** Whether a server that has answered is still to be sent the rest of the request: an error or a close says no. */
function wantsRest(response: ParsedResponse | undefined): boolean {
  return response !== undefined && response.status < 400 && response.announced.persistent &&
    response.persistent !== false;
}
