/**
 * One connection of an experiment: sends, reads until something has happened, and remembers when it did.
 *
 * @module
 */

import type { OutstandingRequest } from "../http/framing.ts";
import type { ParsedResponse } from "../http/response.ts";
import { ResponseReader } from "../http/response_reader.ts";
import type { Connection, ReadOutcome, WriteOutcome } from "../net/connection.ts";
import type { ComposedRequest } from "../probe/compose_request.ts";
import type { Answer, LineEnd } from "./answer.ts";
import { Content } from "./content.ts";
import { GraceTimer } from "./grace_timer.ts";
import type { LineLog } from "./line_log.ts";
import { Transcript } from "./transcript.ts";

/** Milliseconds for a peer to end its side after ours. */
const LEAVE = 25;

/** Milliseconds for a peer to notice that a connection is closed, before the next one is opened in its place. */
const PARTING = 10;

const END_WORDS: Readonly<Record<LineEnd["how"], string>> = {
  "fin": "closed by the peer (FIN)",
  "rst": "reset by the peer (RST)",
  "tls-truncated": "cut by the peer without close_notify",
  "closed": "closed by us",
  "error": "failed",
};

/** An open connection with its reader. Only one wait may be under way at a time. */
export class Line implements AsyncDisposable {
  readonly connection: Connection;
  readonly reader: ResponseReader;
  readonly transcript: Transcript;
  /** Content of each response. */
  readonly contents = new Map<ParsedResponse, Content>();
  /** When the last octet that was received had come. */
  lastOctetAt: number | undefined;
  /** Told of every piece that is received, after it was read. */
  onReceive: ((bytes: Uint8Array, at: number) => void) | undefined;
  /** Told of every run of content that a piece holds, chunk by chunk, before {@linkcode onReceive}. */
  onContent: ((octets: number) => void) | undefined;

  readonly #maxBody: number;
  readonly #log: LineLog | undefined;
  #firstOctetAt: number | undefined;
  #pending: Promise<ReadOutcome> | undefined;
  #end: LineEnd | undefined;
  #large = false;
  #leaving = false;
  readonly #writes: Promise<WriteOutcome>[] = [];

  constructor(
    connection: Connection,
    options: { maxBody?: number; transcript?: Transcript; log?: LineLog | undefined } = {},
  ) {
    const { maxBody = Infinity, transcript = new Transcript(1), log } = options;
    this.#log = log;
    this.connection = connection;
    this.transcript = transcript;
    this.#maxBody = maxBody;
    this.reader = new ResponseReader({
      requests: [],
      onBody: (data, response) => this.#takeContent(data, response),
    });
  }

  /** How the connection ended, as far as was noticed. */
  get end(): LineEnd | undefined {
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

  /** Octets that came though nothing was outstanding. */
  get surplusBytes(): number {
    return this.reader.surplusBytes;
  }

  /** Sends octets; what is read next may answer `requests`. */
  send(bytes: Uint8Array, ...requests: OutstandingRequest[]): Promise<WriteOutcome> {
    this.#log?.sending(this);
    for (const request of requests) this.reader.expect(request);
    this.#firstOctetAt = undefined;
    this.transcript.sent(bytes);
    const writing = this.write(bytes);
    this.#writes.push(writing);
    return writing;
  }

  /** Sends octets that belong to what was sent before, and leaves them out of the transcript. */
  write(bytes: Uint8Array): Promise<WriteOutcome> {
    const writing = this.connection.write(bytes);
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
      () => this.reader.responses[index]?.body.complete === true || this.#large,
    );
    const response = this.reader.responses[index];
    const times = {
      startedAt,
      ...(this.#firstOctetAt !== undefined && { firstOctetAt: this.#firstOctetAt }),
      ...(this.lastOctetAt !== undefined && { lastOctetAt: this.lastOctetAt }),
      ...(response && { response }),
    };
    if (response?.body.complete) return { type: "answered", ...times };
    if (this.#large) return { type: "large", ...times };
    const { failure } = this.reader;
    if (failure && (failure.kind === "syntax" || failure.kind === "limit")) {
      return { type: "malformed", ...times };
    }
    if (waited === "late") return { type: "late", ...times };
    switch (this.#end?.how) {
      case "rst":
        return { type: "reset", ...times };
      case "closed":
      case "error":
        return { type: "interrupted", ...times };
      default:
        return { type: "closed", ...times };
    }
  }

  /**
   * Reads until `until` holds after something was received, until the connection ends, or until `ms` are over.
   *
   * @returns `met`, `ended` or `late`
   */
  async wait(ms: number, until: () => boolean = () => false): Promise<"met" | "ended" | "late"> {
    if (until()) return "met";
    using timer = new GraceTimer(ms);
    while (!this.#end) {
      this.#pending ??= this.connection.read();
      const outcome = await Promise.race([this.#pending, timer.over]);
      if (outcome === undefined) return "late";
      this.#pending = undefined;
      this.#take(outcome);
      if (until()) return "met";
    }
    return "ended";
  }

  /** Notes something in the transcript. */
  note(event: string): void {
    this.transcript.note(event);
  }

  /** Closes the connection from our side, if it has not ended. */
  close(): void {
    if (!this.#end) this.#finish("closed");
    this.connection.close();
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
      const ended = this.connection.closeWrite();
      await this.wait(LEAVE);
      this.close();
      await ended;
    }
    this.connection.close();
    await Promise.all(this.#writes);
    await this.#pending;
    await new Promise((resolve) => setTimeout(resolve, PARTING));
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
        this.onReceive?.(outcome.bytes, at);
        return;
      }
      case "fin":
      case "tls-truncated":
        this.#finish(outcome.type);
        this.reader.end(outcome.type);
        return;
      case "rst":
      case "closed":
      case "error":
        this.#finish(outcome.type);
    }
  }

  #finish(how: LineEnd["how"]): void {
    if (this.#end) return;
    this.#end = { how, at: performance.now() };
    if (!this.#leaving) this.transcript.note(END_WORDS[how]);
  }

  #takeContent(data: Uint8Array, response: ParsedResponse): void {
    let content = this.contents.get(response);
    if (!content) this.contents.set(response, content = new Content());
    content.take(data);
    this.onContent?.(data.length);
    // The reader counts after it has handed on.
    if (content.octets > this.#maxBody) this.#large = true;
  }
}
