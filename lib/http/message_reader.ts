/**
 * Reads one response: its interim responses, its head and its body.
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import { BodyReader } from "./body_reader.ts";
import { deviationClass, type Note } from "./deviation.ts";
import { DeviationLog } from "./deviation_log.ts";
import type { FramingVerdict, OutstandingRequest } from "./framing.ts";
import { InterimList } from "./interim_list.ts";
import { LARGE_HEAD, type LimitFailure, type ReaderLimits } from "./limits.ts";
import { frameHead, makeInterim, makeResponse } from "./make_response.ts";
import { noteFraming } from "./note_framing.ts";
import { describeUnfinishedHead, failureOf, tlsTruncationFailure } from "./read_failure.ts";
import type { InterimHead, ParsedResponse, ReadFailure, ResponseHead } from "./response.ts";
import { SectionReader } from "./section_reader.ts";

/** Options for all messages of a stream. */
export interface MessageSettings {
  readonly limits: ReaderLimits;
  readonly onInterim: ((interim: InterimHead) => void) | undefined;
  readonly onHead: (response: ParsedResponse) => void;
  readonly onBody: ((data: Uint8Array, response: ParsedResponse) => void) | undefined;
}

/** Reads the answer to one request, and stops after its last octet. */
export class MessageReader {
  /** `switched`: the answer is complete, and another protocol follows it. */
  state: "head" | "body" | "complete" | "switched" | "failed" = "head";
  /** The final response, once its head is complete. */
  response: ParsedResponse | undefined;
  failure: ReadFailure | undefined;
  readonly log = new DeviationLog();

  #head: SectionReader | undefined;
  #body: BodyReader | undefined;
  readonly #interim = new InterimList();
  readonly #request: OutstandingRequest;
  readonly #settings: MessageSettings;

  constructor(request: OutstandingRequest, settings: MessageSettings) {
    this.#request = request;
    this.#settings = settings;
  }

  /** The status-line and field lines of an incomplete head. */
  get partialHead(): Partial<ResponseHead> {
    return this.#head ? { ...this.#head.partialStatusLine, headers: this.#head.fields } : {};
  }

  /** Interim responses, until there is a final one. */
  get pendingInterim(): readonly InterimHead[] {
    return this.response ? [] : this.#interim.heads;
  }

  /**
   * Reads the next octets of the response.
   *
   * @param bytes A piece of the stream
   * @param at Index of its first unread octet
   * @param base Stream offset of `bytes[0]`
   * @returns Index after the last octet that it consumed
   */
  receive(bytes: Uint8Array, at: number, base: number): number {
    return this.#body ? this.#receiveBody(this.#body, bytes, at, base) : this.#receiveHead(bytes, at, base);
  }

  /** Ends the message at the offset where the stream ended. */
  end(offset: number, how: "fin" | "tls-truncated"): void {
    if (this.#body?.framing !== "until-close") {
      if (how === "tls-truncated") this.noteTlsTruncation(offset);
      if (this.#body) this.#body.noteTruncation(offset);
      else this.#endInHead(offset);
    } else if (how === "tls-truncated") {
      this.noteTlsTruncation(offset).class = "fatal";
      this.#fail(tlsTruncationFailure(offset, this.response!.body.bytes));
    } else this.#complete(this.response!, "complete");
  }

  /** Notes that TLS ended without close_notify. */
  noteTlsTruncation(offset: number): ReturnType<DeviationLog["add"]> {
    return this.log.add("tls-truncated", offset, "TLS ended without close_notify");
  }

  #receiveHead(bytes: Uint8Array, at: number, base: number): number {
    const head = this.#head ??= new SectionReader(
      "status-line",
      base + at,
      this.#note,
      this.#settings.limits,
    );
    const next = head.receive(bytes, at);
    if (head.state === "complete") this.#endHead(head);
    else if (head.limit) this.#passLimit(head.limit, "head");
    return next;
  }

  #endHead(head: SectionReader): void {
    const octets = head.offset - head.start;
    if (octets > LARGE_HEAD) {
      this.#note("large-head", head.start, `A head of ${formatQuantity(octets, "octet")}`);
    }
    const verdict = frameHead(head, this.#request);
    this.#head = undefined;
    if (verdict.next === "interim") {
      noteFraming(verdict.deviations, head, this.#note);
      return this.#addInterim(makeInterim(head), octets);
    }
    const context = { request: this.#request, interim: this.#interim.heads, deviations: this.log.list };
    const response = makeResponse(head, verdict, context);
    this.response = response;
    noteFraming(verdict.deviations, head, this.#note);
    this.#settings.onHead(response);
    if (verdict.next !== "fatal") this.#startBody(response, verdict, head.offset);
  }

  #addInterim(interim: InterimHead, octets: number): void {
    const limit = this.#interim.add(interim, octets, this.#settings.limits);
    if (limit) this.#passLimit(limit, "head");
    else this.#settings.onInterim?.(interim);
  }

  #startBody(response: ParsedResponse, { next, framing, length }: FramingVerdict, offset: number): void {
    if (framing === "none" || framing === "content-length" && length === 0) {
      return this.#complete(response, next === "switched" ? "switched" : "complete");
    }
    const { limits, onBody } = this.#settings;
    const onData = onBody && ((data: Uint8Array): void => onBody(data, response));
    this.#body = new BodyReader(response.body, offset, { note: this.#note, limits, onData });
    this.state = "body";
  }

  #receiveBody(body: BodyReader, bytes: Uint8Array, at: number, base: number): number {
    const next = body.receive(bytes, at, base);
    if (body.limit) this.#passLimit(body.limit, "body");
    else if (body.complete) this.#complete(this.response!, "complete");
    // The number of octets read after a fault depends on how the stream was cut; the offset of the fault does not.
    if (this.failure) this.response!.body.wireBytes = this.failure.offset - body.start;
    return next;
  }

  #endInHead(offset: number): void {
    this.#head?.end();
    if (this.failure) return;
    const interim = this.#interim.heads.length;
    if (!this.#head && interim === 0) {
      return this.#note("empty-reply", offset, "The connection was closed before any octet of a response");
    }
    this.#note("truncated-head", offset, describeUnfinishedHead(this.#head, interim));
  }

  #complete(response: ParsedResponse, state: "complete" | "switched"): void {
    response.body.complete = true;
    this.state = state;
  }

  readonly #note: Note = (code, offset, message, excerpt) => {
    this.log.add(code, offset, message, excerpt);
    if (deviationClass(code) !== "fatal") return;
    this.#fail(failureOf(code, offset, message, this.#body ? "body" : "head"));
  };

  #passLimit(limit: LimitFailure, phase: "head" | "body"): void {
    this.#fail({ kind: "limit", phase, ...limit });
  }

  #fail(failure: ReadFailure): void {
    this.failure ??= failure;
    this.state = "failed";
  }
}
