/**
 * Reads HTTP/1.x responses from a stream, piece by piece, without I/O.
 *
 * @module
 */

import { BodyReader } from "./body_reader.ts";
import { type Deviation, deviationClass, type Note } from "./deviation.ts";
import { DeviationLog } from "./deviation_log.ts";
import { decideFraming, type FramingVerdict, type OutstandingRequest } from "./framing.ts";
import { DEFAULT_LIMITS, INTERIM_HEADS, LARGE_HEAD, type LimitFailure, type ReaderLimits } from "./limits.ts";
import { parsePersistence } from "./persistence.ts";
import type { InterimHead, ParsedResponse, ReadFailure, ResponseHead } from "./response.ts";
import { SectionReader } from "./section_reader.ts";
import { SurplusWatch } from "./surplus.ts";

/**
 * Where a reader is.
 *
 * - `head`, `body`: in the middle of a response, or waiting for it
 * - `idle`: every request is answered; octets from here on are surplus
 * - `switched`: after 101 or a CONNECT, octets belong to another protocol
 * - `ended`: the stream is over, and nothing is missing
 * - `failed`: nothing more is read; see {@linkcode ResponseReader.failure}
 */
export type ReaderState = "head" | "body" | "idle" | "switched" | "ended" | "failed";

/** Options of {@linkcode ResponseReader}. */
export interface ResponseReaderOptions {
  /**
   * The requests that were sent, in order.
   *
   * @default [{ method: "GET" }]
   */
  readonly requests?: readonly OutstandingRequest[];
  /** Limits that differ from {@linkcode DEFAULT_LIMITS}. */
  readonly limits?: Partial<ReaderLimits>;
  /** Given each interim head as it is complete. */
  readonly onInterim?: (interim: InterimHead) => void;
  /** Given each response when its head is complete; its body fills while reading goes on. */
  readonly onHead?: (response: ParsedResponse) => void;
  /** Given the octets of content as they come: a view of the received piece, to be copied if it is kept. */
  readonly onBody?: (data: Uint8Array, response: ParsedResponse) => void;
}

/**
 * Reads responses by RFC 9112: lenient where the RFC leaves a choice, and every such place is listed.
 *
 * The result depends on the octets alone, not on how they were cut. Octets never make it throw.
 *
 * @example Usage
 * ```ts
 * import { ResponseReader } from "./response_reader.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const reader = new ResponseReader();
 * reader.receive(new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"));
 * assertEquals(reader.state, "head");
 * reader.receive(new TextEncoder().encode("\r\nhi"));
 * assertEquals(reader.state, "idle");
 * assertEquals(reader.responses[0]?.persistent, true);
 * ```
 */
export class ResponseReader {
  /** Responses whose head is complete, in order. */
  readonly responses: ParsedResponse[] = [];

  #state: ReaderState = "head";
  #failure: ReadFailure | undefined;
  #offset = 0;
  #log = new DeviationLog();
  #section: SectionReader | undefined;
  #interim: InterimHead[] = [];
  #interimOctets = 0;
  #current: ParsedResponse | undefined;
  #body: BodyReader | undefined;
  #closeAnnounced = false;
  #mayPersist = true;
  readonly #outstanding: OutstandingRequest[];
  readonly #limits: ReaderLimits;
  readonly #options: ResponseReaderOptions;
  readonly #surplus = new SurplusWatch();

  constructor(options: ResponseReaderOptions = {}) {
    this.#options = options;
    this.#limits = options.limits ? { ...DEFAULT_LIMITS, ...options.limits } : DEFAULT_LIMITS;
    this.#outstanding = [...options.requests ?? [{ method: "GET" }]];
    if (this.#outstanding.length === 0) this.#state = "idle";
  }

  /** Where the reader is. */
  get state(): ReaderState {
    return this.#state;
  }

  /** Why reading stopped, once it has. */
  get failure(): ReadFailure | undefined {
    return this.#failure;
  }

  /** Octets received so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Requests without a complete response, the one that is being read included. */
  get unanswered(): number {
    return this.#outstanding.length;
  }

  /** What was read of a head that is not complete. */
  get partialHead(): Partial<ResponseHead> {
    const section = this.#current ? undefined : this.#section;
    return section ? { ...section.statusLine, headers: section.fields } : {};
  }

  /** Interim responses to the request whose final response has not begun. */
  get pendingInterim(): readonly InterimHead[] {
    return this.#current ? [] : this.#interim;
  }

  /** Octets after the end of the last expected response, or after HTTP ended. */
  get surplusBytes(): number {
    return this.#surplus.bytes;
  }

  /** All deviations met so far, in the order of the stream. */
  get deviations(): Deviation[] {
    const lists = this.responses.map((response) => response.deviations);
    if (!lists.includes(this.#log.list)) lists.push(this.#log.list);
    return [...lists.flat(), ...this.#surplus.deviations].sort((a, b) => a.offset - b.offset);
  }

  /** Deviations of the message that is being read, or was read last, and of surplus octets after it. */
  get messageDeviations(): Deviation[] {
    return [...this.#log.list, ...this.#surplus.deviations];
  }

  /** Whether {@linkcode expect} may be called: the stream goes on, and nothing forbids another request on it. */
  get reusable(): boolean {
    return this.#reasonAgainstReuse() === undefined;
  }

  /**
   * Adds a request that was sent on the same connection.
   *
   * @throws {TypeError} If the connection cannot carry it: the stream ended, failed, must not be used again, or holds
   * surplus octets, which would be taken for the answer
   */
  expect(request: OutstandingRequest): void {
    const cause = this.#reasonAgainstReuse();
    if (cause) throw new TypeError(`Cannot expect another response: ${cause}`);
    this.#outstanding.push(request);
    if (this.#state !== "idle") return;
    this.#startMessage();
  }

  /** Reads a piece of the stream. What comes after a failure or the end is passed over. */
  receive(bytes: Uint8Array): void {
    const base = this.#offset;
    let at = 0;
    while (at < bytes.length) {
      switch (this.#state) {
        case "head":
          at = this.#receiveHead(bytes, at, base);
          break;
        case "body":
          at = this.#receiveBody(bytes, at, base);
          break;
        case "switched":
          this.#surplus.bytes += bytes.length - at;
          at = bytes.length;
          break;
        case "idle":
          this.#surplus.receive(bytes, at, base + at, this.#closeAnnounced);
          at = bytes.length;
          break;
        case "ended":
        case "failed":
          at = bytes.length;
          break;
      }
      this.#offset = base + at;
    }
  }

  /**
   * Tells the reader that the stream is over.
   *
   * @param how `fin` for the end that the protocol provides, `tls-truncated` for TLS that ended without close_notify
   */
  end(how: "fin" | "tls-truncated" = "fin"): void {
    if (this.#state === "failed" || this.#state === "ended") return;
    if (how === "tls-truncated") this.#noteTlsTruncation();
    switch (this.#state) {
      case "head":
        return this.#endInHead();
      case "body":
        return this.#endInBody(how);
      case "idle":
      case "switched":
        this.#state = "ended";
        if (this.#outstanding.length > 0) this.#failUnanswered();
        return;
    }
  }

  #receiveHead(bytes: Uint8Array, at: number, base: number): number {
    this.#section ??= new SectionReader("head", base + at, this.#note, this.#limits);
    const section = this.#section;
    const next = section.receive(bytes, at);
    if (section.state === "complete") {
      this.#offset = base + next;
      this.#endHead(section);
    } else if (section.state === "failed" && section.limit) this.#passLimit(section.limit, "head");
    return next;
  }

  #endHead(section: SectionReader): void {
    const head: ResponseHead = { ...section.statusLine!, headers: section.fields };
    if ((section.offset - section.start) > LARGE_HEAD) {
      this.#note("large-head", section.start, `A head of ${(section.offset - section.start)} octets`);
    }
    const request = this.#outstanding[0]!;
    const verdict = decideFraming(head, request);
    this.#section = undefined;
    if (verdict.next === "interim") {
      this.#noteFraming(verdict, section);
      return this.#addInterim({ ...head, offset: section.start }, section.offset - section.start);
    }
    const response = this.#makeResponse(head, section.start, request, verdict);
    this.#current = response;
    this.responses.push(response);
    this.#noteFraming(verdict, section);
    this.#options.onHead?.(response);
    if (verdict.next !== "fatal") this.#startBody(response, verdict.length, verdict.next === "switched");
  }

  #noteFraming(verdict: FramingVerdict, section: SectionReader): void {
    for (const { code, field, message } of verdict.deviations) {
      const line = section.fields[field];
      const excerpt = line && `${line[0]}: ${line[1]}`;
      this.#note(code, section.fieldOffsets[field] ?? section.start, message, excerpt);
    }
  }

  #makeResponse(
    head: ResponseHead,
    offset: number,
    request: OutstandingRequest,
    verdict: FramingVerdict,
  ): ParsedResponse {
    const announced = parsePersistence(head.version, head.headers);
    const { framing, length, next, reusable } = verdict;
    if (framing === "until-close") announced.persistent = false;
    const response: ParsedResponse = {
      ...head,
      request,
      offset,
      headBytes: this.#offset - offset,
      interim: this.#interim,
      body: { framing, bytes: 0, wireBytes: 0, complete: false, trailers: [] },
      announced,
      deviations: this.#log.list,
    };
    if (framing === "content-length" && next === "body") response.body.expected = length;
    if (framing === "chunked") response.body.chunks = 0;
    if (next !== "switched") response.persistent = reusable && announced.persistent;
    return response;
  }

  #addInterim(interim: InterimHead, octets: number): void {
    this.#interim.push(interim);
    this.#interimOctets += octets;
    const { maxInterim, maxHead } = this.#limits;
    if (this.#interim.length > maxInterim || this.#interimOctets > maxHead * INTERIM_HEADS) {
      const message =
        `${this.#interim.length} interim responses of ${this.#interimOctets} octets, and no final one`;
      return this.#passLimit({ offset: interim.offset, message }, "head");
    }
    this.#options.onInterim?.(interim);
  }

  #startBody(response: ParsedResponse, length: number, switched: boolean): void {
    const { framing } = response.body;
    if (switched || framing === "none" || framing === "content-length" && length === 0) {
      this.#endMessage(response);
      if (switched) this.#state = "switched";
      return;
    }
    const { onBody } = this.#options;
    this.#body = new BodyReader(response.body, this.#offset, {
      note: this.#note,
      limits: this.#limits,
      ...(onBody && { onData: (data: Uint8Array) => onBody(data, response) }),
    });
    this.#state = "body";
  }

  #receiveBody(bytes: Uint8Array, at: number, base: number): number {
    const body = this.#body!;
    const next = body.receive(bytes, at, base);
    if (body.limit) this.#passLimit(body.limit, "body");
    else if (body.complete) this.#endMessage(this.#current!);
    // How far the octets of a faulty line were looked at depends on the cuts; where the fault is does not.
    if (this.#failure) this.#current!.body.wireBytes = this.#failure.offset - body.start;
    return next;
  }

  #endMessage(response: ParsedResponse): void {
    response.body.complete = true;
    this.#outstanding.shift();
    this.#section = undefined;
    this.#body = undefined;
    this.#closeAnnounced = response.announced.persistent === false && response.persistent !== undefined;
    this.#mayPersist = response.persistent === true;
    if (this.#outstanding.length > 0 && this.#mayPersist) this.#startMessage();
    else this.#state = "idle";
  }

  #startMessage(): void {
    this.#state = "head";
    this.#current = undefined;
    this.#section = undefined;
    this.#interim = [];
    this.#interimOctets = 0;
    this.#log = new DeviationLog();
  }

  #reasonAgainstReuse(): string | undefined {
    if (this.#state === "failed" || this.#state === "ended") return "the stream is over";
    if (this.#state === "switched") return "the connection has left HTTP";
    if (this.#surplus.hasData) return `${this.#surplus.bytes} octets came after the last response`;
    if (!this.#mayPersist) return "the last response ends the use of the connection";
    return undefined;
  }

  #endInHead(): void {
    const section = this.#section;
    section?.end();
    if (this.#failure) return;
    if (!section && this.#interim.length === 0) {
      const message = "The connection was closed before any octet of a response";
      this.#note("empty-reply", this.#offset, message);
      return;
    }
    const message = !section
      ? `The stream ended after ${this.#interim.length} interim responses, before a final one`
      : section.statusLine
      ? `The stream ended in the head, after ${section.fields.length} field lines`
      : "The stream ended before the status-line was complete";
    this.#note("truncated-head", this.#offset, message);
  }

  #endInBody(how: "fin" | "tls-truncated"): void {
    const body = this.#body!;
    if (body.framing !== "until-close") return body.noteTruncation(this.#offset);
    if (how === "fin") {
      this.#endMessage(this.#current!);
      this.#state = "ended";
    }
  }

  #noteTlsTruncation(): void {
    const deviation = this.#log.add("tls-truncated", this.#offset, "TLS ended without close_notify");
    const untilClose = this.#state === "body" && this.#current?.body.framing === "until-close";
    if (!untilClose) return;
    // RFC 9112 §9.8: such a body has no other end, so it must be taken for incomplete.
    deviation.class = "fatal";
    this.#fail({
      kind: "truncated",
      phase: "body",
      offset: this.#offset,
      message:
        `TLS ended without close_notify after ${this.#current?.body.bytes} octets of a body that the end should complete`,
      code: "tls-truncated",
    });
  }

  #failUnanswered(): void {
    this.#fail({
      kind: "closed",
      phase: "wait",
      offset: this.#offset,
      message: `The server ended the connection with ${this.#outstanding.length} requests unanswered`,
    });
  }

  readonly #note: Note = (code, offset, message, excerpt) => {
    this.#log.add(code, offset, message, excerpt);
    if (deviationClass(code) !== "fatal" || this.#failure) return;
    this.#fail({
      kind: code === "empty-reply" ? "closed" : code.startsWith("truncated-") ? "truncated" : "syntax",
      phase: code === "empty-reply" ? "wait" : this.#state === "body" ? "body" : "head",
      offset,
      message,
      code,
    });
  };

  #passLimit(limit: LimitFailure, phase: "head" | "body"): void {
    this.#fail({ kind: "limit", phase, ...limit });
  }

  #fail(failure: ReadFailure): void {
    this.#failure ??= failure;
    this.#state = "failed";
  }
}
