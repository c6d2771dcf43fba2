/**
 * One connection of an experiment: sends, reads until an event, and records the times.
 *
 * @module
 */

import type { OutstandingRequest } from "../../http/framing.ts";
import type { ParsedResponse } from "../../http/response.ts";
import { ResponseReader } from "../../http/response_reader.ts";
import type { StreamEnd } from "../../net/stream_end.ts";
import type { Connection, WriteOutcome } from "../../net/connection.ts";
import type { ComposedRequest } from "../../probe/compose_request.ts";
import type { Answer } from "../answer.ts";
import type { ConnectionLog } from "../exchanges/connection_log.ts";
import type { ExperimentConnection } from "../experiment_lab.ts";
import { Contents } from "./content.ts";
import { describeAnswer } from "./describe_answer.ts";
import { LabStream } from "./lab_stream.ts";
import { type AnswerPlace, RequestRecord } from "./request_record.ts";
import { Transcript } from "./transcript.ts";

/** Options of a connection. */
export interface LabConnectionOptions {
  /** Maximum octets of one content. */
  readonly maxBody?: number | undefined;
  readonly transcript?: Transcript | undefined;
  readonly log?: ConnectionLog | undefined;
  /** Called with each final response once its head is complete. */
  readonly onResponse?: ((response: ParsedResponse, place: AnswerPlace) => void) | undefined;
  /** Called once our side has closed the connection. */
  readonly onClose?: (() => void) | undefined;
}

/** An open connection with its reader. Only one wait may be under way at a time. */
export class LabConnection implements ExperimentConnection {
  readonly reader: ResponseReader;
  readonly transcript: Transcript;
  readonly contents: Contents;
  /** Called with every received piece, after it was read. */
  onReceive: ((bytes: Uint8Array, at: number) => void) | undefined;
  /** Called with every run of content in a piece, chunk by chunk, before {@linkcode onReceive}. */
  onContent: ((octets: number) => void) | undefined;

  readonly #stream: LabStream;
  readonly #log: ConnectionLog | undefined;
  readonly #onResponse: LabConnectionOptions["onResponse"];
  readonly #onClose: LabConnectionOptions["onClose"];
  readonly #requests = new RequestRecord();
  readonly #writes: Promise<WriteOutcome>[] = [];

  constructor(transport: Connection, options: LabConnectionOptions = {}) {
    const { maxBody = Infinity, transcript = new Transcript(1), log, onResponse, onClose } = options;
    this.#log = log;
    this.#onResponse = onResponse;
    this.#onClose = onClose;
    this.transcript = transcript;
    this.contents = new Contents(maxBody);
    this.reader = new ResponseReader({
      requests: [],
      onBody: (data, response) => {
        this.contents.take(data, response);
        this.onContent?.(data.length);
      },
    });
    const take = (bytes: Uint8Array, at: number): void => this.#take(bytes, at);
    this.#stream = new LabStream(transport, { reader: this.reader, transcript, take });
  }

  /** The underlying connection. */
  get transport(): Connection {
    return this.#stream.transport;
  }

  /** Address and port of the server. */
  get peer(): Connection["peer"] {
    return this.transport.peer;
  }

  /** Facts of TLS. */
  get tls(): Connection["tls"] {
    return this.transport.tls;
  }

  /** The end of the connection, if it was noticed. */
  get end(): StreamEnd | undefined {
    return this.#stream.end;
  }

  /** True if the peer ended it. */
  get endedByPeer(): boolean {
    return this.end?.by === "peer";
  }

  /** `performance.now()` when the last octet came. */
  get lastOctetAt(): number | undefined {
    return this.#stream.lastOctetAt;
  }

  /** True if the received octets allow another request. */
  get reusable(): boolean {
    return this.end === undefined && this.reader.reusable;
  }

  /** Number of octets that came without an outstanding request. */
  get surplusBytes(): number {
    return this.reader.surplusBytes;
  }

  /**
   * Checks the connection once more: tells whether another request may be sent. Octets that the system holds now came
   * before that request, so they cannot answer it (RFC 9112 §9.2). Send immediately after this call, without waiting in
   * between.
   */
  async ready(): Promise<boolean> {
    return this.reusable && await this.#stream.settle() && this.reusable;
  }

  /** Ends our side after the sent octets; the peer may go on. */
  async endSending(): Promise<void> {
    // A request followed by FIN is not comparable with the same octets without one.
    this.#requests.forget();
    await this.transport.closeWrite();
    this.transcript.note("sonde ended its side (FIN)");
  }

  /** Gives the octets of the request that a response answers, if it was sent alone. */
  requestOf(index: number): Uint8Array | undefined {
    return this.#requests.get(index);
  }

  /** Sends octets; the next octets that come may answer `requests`. */
  send(
    bytes: Uint8Array,
    ...requests: (OutstandingRequest & { readonly bytes?: Uint8Array })[]
  ): Promise<WriteOutcome> {
    this.#log?.sending(this);
    for (const request of requests) this.reader.expect(request);
    this.#requests.add(requests, bytes);
    this.#stream.startTurn();
    this.transcript.sent(bytes);
    const writing = this.write(bytes);
    this.#writes.push(writing);
    return writing;
  }

  /** Sends octets that continue the previous ones, and omits them from the transcript. */
  write(bytes: Uint8Array): Promise<WriteOutcome> {
    const writing = this.transport.write(bytes);
    return this.#log?.sent(this, bytes, writing) ?? writing;
  }

  /** Sends one request and reads until its response is complete or cannot be, for at most `ms`. */
  async ask(request: ComposedRequest, ms: number): Promise<Answer> {
    const startedAt = performance.now();
    const index = this.reader.responses.length;
    // Reading goes on during the write: a peer may answer before it has accepted the whole request.
    this.send(request.bytes, request);
    return await this.answer(index, startedAt, ms);
  }

  /** Reads until response number `index` is complete or cannot be, for at most `ms` from now on. */
  async answer(index: number, startedAt: number, ms: number): Promise<Answer> {
    const { reader, contents } = this;
    const waited = await this.wait(
      ms,
      () => reader.responses[index]?.body.complete === true || contents.large,
    );
    return describeAnswer({
      response: reader.responses[index],
      reader,
      end: this.end,
      large: contents.large,
      late: waited === "late",
      startedAt,
      firstOctetAt: this.#stream.firstOctetAt,
      lastOctetAt: this.lastOctetAt,
      askedToRenegotiate: this.tls?.askedToRenegotiate === true,
    });
  }

  /**
   * Reads until `until` returns true after a received piece, the connection ends, or `ms` have passed.
   *
   * @param until Without it, the wait is a watch: if TLS ends with close_notify, it continues until FIN
   * @returns `met`, `ended` or `late`
   */
  wait(ms: number, until?: () => boolean): Promise<"met" | "ended" | "late"> {
    return this.#stream.wait(ms, until);
  }

  /** Closes the connection from our side, unless it has ended. */
  close(): void {
    this.#stream.close();
    this.#onClose?.();
  }

  /**
   * Ends the connection: sends sonde's FIN, then gives the peer a moment to end its side, so that it never holds more open
   * connections than we do.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.end) {
      this.#log?.leaving();
      await this.#stream.closeGently();
      this.#onClose?.();
    }
    this.#stream.close();
    await Promise.all(this.#writes);
    await this.#stream.finish();
    this.#onClose?.();
  }

  #take(bytes: Uint8Array, at: number): void {
    this.transcript.received(bytes);
    this.reader.receive(bytes);
    this.#log?.received(this, at);
    this.#requests.reportNew(this.reader.responses, this.peer.address, this.#onResponse);
    this.onReceive?.(bytes, at);
  }
}
