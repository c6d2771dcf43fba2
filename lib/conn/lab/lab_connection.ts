/**
 * One connection of an experiment: sends, reads until something has happened, and remembers when it did.
 *
 * @module
 */

import type { OutstandingRequest } from "../../http/framing.ts";
import type { ParsedResponse } from "../../http/response.ts";
import { ResponseReader } from "../../http/response_reader.ts";
import { askSystem, MOST_LOOKS } from "../../net/ask_system.ts";
import type { Connection, ReadOutcome, WriteOutcome } from "../../net/connection.ts";
import type { ComposedRequest } from "../../probe/compose_request.ts";
import type { Answer, ConnectionEnd } from "../answer.ts";
import type { ConnectionLog } from "../exchanges/connection_log.ts";
import type { ExperimentConnection } from "../experiment_lab.ts";
import { Contents } from "./content.ts";
import { GraceTimer } from "./grace_timer.ts";
import { formatEnd, formatFault } from "./format_end.ts";
import { Transcript } from "./transcript.ts";

/** Milliseconds for a peer to end its side after ours. */
const LEAVE = 25;

/** Milliseconds for a peer to notice that a connection is closed, before the next one is opened in its place. */
const PARTING = 10;

/** Where a response came. */
export interface AnswerPlace {
  /** The octets of its request, where it was sent alone. */
  readonly request: Uint8Array | undefined;
  /** Number of the response on its connection, from 1. */
  readonly number: number;
  readonly address: string;
}

/** What goes with a connection. */
export interface LabConnectionOptions {
  /** Octets of one content that are taken. */
  readonly maxBody?: number | undefined;
  readonly transcript?: Transcript | undefined;
  readonly log?: ConnectionLog | undefined;
  /** Told of each final response once its head is complete. */
  readonly onResponse?: ((response: ParsedResponse, place: AnswerPlace) => void) | undefined;
  /** Told once the connection is closed from our side. */
  readonly onClose?: (() => void) | undefined;
}

/** An open connection with its reader. Only one wait may be under way at a time. */
export class LabConnection implements ExperimentConnection {
  readonly transport: Connection;
  readonly reader: ResponseReader;
  readonly transcript: Transcript;
  readonly contents: Contents;
  /** When the last octet that was received had come. */
  lastOctetAt: number | undefined;
  /** Told of every piece that is received, after it was read. */
  onReceive: ((bytes: Uint8Array, at: number) => void) | undefined;
  /** Told of every run of content that a piece holds, chunk by chunk, before {@linkcode onReceive}. */
  onContent: ((octets: number) => void) | undefined;

  readonly #log: ConnectionLog | undefined;
  readonly #onResponse: LabConnectionOptions["onResponse"];
  readonly #onClose: LabConnectionOptions["onClose"];
  readonly #requests: (Uint8Array | undefined)[] = [];
  #told = 0;
  #firstOctetAt: number | undefined;
  #pending: Promise<ReadOutcome> | undefined;
  #end: ConnectionEnd | undefined;
  #fin: Promise<boolean> | undefined;
  #leaving = false;
  readonly #writes: Promise<WriteOutcome>[] = [];

  constructor(transport: Connection, options: LabConnectionOptions = {}) {
    const { maxBody = Infinity, transcript = new Transcript(1), log, onResponse, onClose } = options;
    this.#log = log;
    this.#onResponse = onResponse;
    this.#onClose = onClose;
    this.transport = transport;
    this.transcript = transcript;
    this.contents = new Contents(maxBody);
    this.reader = new ResponseReader({
      requests: [],
      onBody: (data, response) => {
        this.contents.take(data, response);
        this.onContent?.(data.length);
      },
    });
  }

  /** Address and port of the server. */
  get peer(): Connection["peer"] {
    return this.transport.peer;
  }

  /** Facts of TLS. */
  get tls(): Connection["tls"] {
    return this.transport.tls;
  }

  /** How the connection ended, as far as was noticed. */
  get end(): ConnectionEnd | undefined {
    return this.#end;
  }

  /** Whether the peer ended it. */
  get endedByPeer(): boolean {
    return this.#end !== undefined && this.#end.how !== "closed" && this.#end.how !== "error";
  }

  /** Whether another request may be sent, by all that was received. */
  get reusable(): boolean {
    return this.#end === undefined && this.reader.reusable;
  }

  /**
   * Looks once more at the connection, and says whether another request may be sent. What the system holds by then came
   * before that request, so it is no answer to it (RFC 9112 §9.2). Whoever sends does it at once, with no wait in between.
   */
  async ready(): Promise<boolean> {
    for (let looks = 0; looks < MOST_LOOKS && this.reusable; looks++) {
      let arrived = false;
      const pending = this.#pending ??= this.transport.read();
      void pending.then(() => arrived = true);
      await askSystem(this.transport);
      if (!arrived) return true;
      this.#pending = undefined;
      this.#take(await pending);
    }
    return false;
  }

  /** Octets that came though nothing was outstanding. */
  get surplusBytes(): number {
    return this.reader.surplusBytes;
  }

  /** Ends our side after what was sent; the peer may go on. */
  async endSending(): Promise<void> {
    // A request with a FIN behind it is another matter than the same octets without one.
    this.#requests.fill(undefined);
    await this.transport.closeWrite();
    this.transcript.note("our side ended (FIN)");
  }

  /** The octets of the request that a response answers, where it was sent alone, together with what is expected. */
  requestOf(index: number): Uint8Array | undefined {
    return this.#requests[index];
  }

  /** Sends octets; what is read next may answer `requests`. */
  send(
    bytes: Uint8Array,
    ...requests: (OutstandingRequest & { readonly bytes?: Uint8Array })[]
  ): Promise<WriteOutcome> {
    this.#log?.sending(this);
    for (const request of requests) {
      this.reader.expect(request);
      // One among several is another matter than the same octets alone.
      this.#requests.push(requests.length > 1 ? undefined : request.bytes ?? bytes);
    }
    this.#firstOctetAt = undefined;
    this.transcript.sent(bytes);
    const writing = this.write(bytes);
    this.#writes.push(writing);
    return writing;
  }

  /** Sends octets that belong to what was sent before, and leaves them out of the transcript. */
  write(bytes: Uint8Array): Promise<WriteOutcome> {
    const writing = this.transport.write(bytes);
    return this.#log?.sent(this, bytes, writing) ?? writing;
  }

  /** Sends one request and reads until its response is complete or cannot be, at most for `ms`. */
  async ask(request: ComposedRequest, ms: number): Promise<Answer> {
    const startedAt = performance.now();
    const index = this.reader.responses.length;
    // Reading goes on while the request is being written: a peer may answer before it has taken all of it.
    this.send(request.bytes, request);
    return await this.answer(index, startedAt, ms);
  }

  /** Reads until response number `index` is complete or cannot be, at most for `ms` from now on. */
  async answer(index: number, startedAt: number, ms: number): Promise<Answer> {
    const waited = await this.wait(
      ms,
      () => this.reader.responses[index]?.body.complete === true || this.contents.large,
    );
    const response = this.reader.responses[index];
    const type = this.#judge(response, waited === "late");
    const fault = type === "interrupted" ? formatFault(this.#end) : undefined;
    return {
      type,
      startedAt,
      ...(this.#firstOctetAt !== undefined && { firstOctetAt: this.#firstOctetAt }),
      ...(this.lastOctetAt !== undefined && { lastOctetAt: this.lastOctetAt }),
      ...(response && { response }),
      ...(fault !== undefined && { fault }),
      ...(type !== "answered" && this.tls?.askedToRenegotiate && { askedToRenegotiate: true }),
    };
  }

  /**
   * Reads until `until` holds after something was received, until the connection ends, or until `ms` are over.
   *
   * @param until Without it the wait is a watch: where TLS ends with close_notify, it goes on until FIN
   * @returns `met`, `ended` or `late`
   */
  async wait(ms: number, until?: () => boolean): Promise<"met" | "ended" | "late"> {
    if (until?.()) return "met";
    using timer = new GraceTimer(ms);
    while (!this.#end) {
      this.#pending ??= this.transport.read();
      const outcome = await Promise.race([this.#pending, timer.over]);
      if (outcome === undefined) return "late";
      this.#pending = undefined;
      this.#take(outcome);
      if (until?.()) return "met";
    }
    if (!until) await this.#watchForFin(timer.over);
    return "ended";
  }

  /** Whoever ends TLS may leave the TCP connection open. */
  async #watchForFin(over: Promise<undefined>): Promise<void> {
    if (this.#end?.how !== "close-notify" || this.#end.fin) return;
    this.#fin ??= this.transport.waitForFin?.() ?? Promise.resolve(false);
    const fin = await Promise.race([this.#fin, over]) === true;
    if (fin && !this.#leaving) this.transcript.note(formatEnd("fin"));
    const finAfter = fin ? { finAfter: performance.now() - this.#end.at } : {};
    this.#end = { ...this.#end, fin, ...finAfter };
  }

  /** Closes the connection from our side, if it has not ended. */
  close(): void {
    if (!this.#end) this.#finish("closed");
    this.transport.close();
    this.#onClose?.();
  }

  /**
   * Ends the connection: our FIN first, and a moment for the peer to end its side too, so that it has no more of them
   * open than we have.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#end) {
      this.transcript.note("closed by us");
      this.#leaving = true;
      this.#log?.leaving();
      const ended = this.transport.closeWrite();
      await this.wait(LEAVE);
      this.close();
      await ended;
    }
    this.transport.close();
    await Promise.all(this.#writes);
    await this.#pending;
    await new Promise((resolve) => setTimeout(resolve, PARTING));
    this.#onClose?.();
  }

  /** What came of a request whose response is as given after the wait for it. */
  #judge(response: ParsedResponse | undefined, late: boolean): Answer["type"] {
    if (response?.body.complete) return "answered";
    if (this.contents.large) return "large";
    const { failure } = this.reader;
    if (failure?.kind === "syntax" || failure?.kind === "limit") return "malformed";
    if (late) return "late";
    switch (this.#end?.how) {
      case "rst":
        return "reset";
      case "closed":
      case "error":
        return "interrupted";
      default:
        return "closed";
    }
  }

  #take(outcome: ReadOutcome): void {
    switch (outcome.type) {
      case "data": {
        const at = performance.now();
        this.#firstOctetAt ??= at;
        this.lastOctetAt = at;
        this.transcript.received(outcome.bytes);
        this.reader.receive(outcome.bytes);
        this.#log?.received(this, at);
        this.#tellResponses();
        this.onReceive?.(outcome.bytes, at);
        return;
      }
      case "fin":
      case "tls-truncated":
        this.#finish(outcome.type);
        this.reader.end(outcome.type);
        return;
      case "close-notify":
        this.#finish(outcome.type);
        this.reader.end();
        return;
      case "rst":
      case "closed":
        this.#finish(outcome.type);
        return;
      case "error":
        this.#finish(outcome.type, outcome.error);
    }
  }

  #tellResponses(): void {
    const { responses } = this.reader;
    const { address } = this.peer;
    while (this.#told < responses.length) {
      const response = responses[this.#told]!;
      const request = this.requestOf(this.#told++);
      this.#onResponse?.(response, { request, number: this.#told, address });
    }
  }

  #finish(how: ConnectionEnd["how"], error?: Error): void {
    if (this.#end) return;
    this.#end = { how, at: performance.now(), ...(error && { error }) };
    if (!this.#leaving) this.transcript.note(formatFault(this.#end) ?? formatEnd(how));
  }
}
