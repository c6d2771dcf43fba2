/**
 * Reads HTTP/1.x responses from a stream, piece by piece, without I/O.
 *
 * @module
 */

import { type Deviation, inOrder } from "./deviation.ts";
import type { OutstandingRequest } from "./framing.ts";
import { checkOptions } from "../text/check_options.ts";
import { DEFAULT_LIMITS, settleLimits } from "./limits.ts";
import { MessageReader, type MessageSettings } from "./message_reader.ts";
import { unansweredFailure } from "./read_failure.ts";
import { READER_OPTION_NAMES, type ReaderState, type ResponseReaderOptions } from "./reader_options.ts";
import type { InterimHead, ParsedResponse, ReadFailure, ResponseHead } from "./response.ts";
import { type ReadSoFar, reasonAgainstReuse, reasonForSurplus } from "./reuse.ts";
import { SurplusWatch } from "./surplus.ts";

export type { ReaderState, ResponseReaderOptions };

/**
 * Reads responses by RFC 9112. It is lenient where the RFC leaves a choice, and lists every such place.
 *
 * The result depends on the octets alone, not on how they were cut. No octets make it throw.
 *
 * @example Usage
 * ```ts
 * import { ResponseReader } from "https://deno.land/x/sonde/lib/http.ts";
 * import assert from "node:assert/strict";
 *
 * const reader = new ResponseReader();
 * reader.receive(new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"));
 * assert.equal(reader.state, "head");
 * reader.receive(new TextEncoder().encode("\r\nhi"));
 * assert.equal(reader.state, "idle");
 * assert.equal(reader.responses[0]?.persistent, true);
 * ```
 */
export class ResponseReader {
  /** Responses whose head is complete, in order, without those that {@linkcode dropEarlierResponses} dropped. */
  readonly responses: ParsedResponse[] = [];

  #state: ReaderState = "head";
  #failure: ReadFailure | undefined;
  #offset = 0;
  /** The current or last message; absent before the first request. */
  #message: MessageReader | undefined;
  #surplus: SurplusWatch | undefined;
  readonly #outstanding: OutstandingRequest[];
  readonly #settings: MessageSettings;

  /**
   * Makes a reader; without options it expects the answer to one GET.
   *
   * @throws {TypeError} If an option does not exist
   * @throws {RangeError} If a limit is not a number, or is below 0
   */
  constructor(options: ResponseReaderOptions = {}) {
    checkOptions(options, READER_OPTION_NAMES);
    const { requests = [{ method: "GET" }], limits, onInterim, onHead, onBody } = options;
    this.#settings = {
      limits: limits ? settleLimits(limits) : DEFAULT_LIMITS,
      onInterim,
      onHead: (response) => {
        this.responses.push(response);
        onHead?.(response);
      },
      onBody,
    };
    this.#outstanding = requests.slice();
    this.#startMessage();
  }

  /** The state of the reader. */
  get state(): ReaderState {
    return this.#state;
  }

  /** The reason why reading stopped, once it has. */
  get failure(): ReadFailure | undefined {
    return this.#failure;
  }

  /** Octets received so far, including those after a failure. */
  get offset(): number {
    return this.#offset;
  }

  /** Requests without a complete response, including the one whose response is being read. */
  get unanswered(): number {
    return this.#outstanding.length;
  }

  /** The received part of an incomplete head. */
  get partialHead(): Partial<ResponseHead> {
    return this.#message?.partialHead ?? {};
  }

  /** Interim responses to the request whose final response has not begun. */
  get pendingInterim(): readonly InterimHead[] {
    return this.#message?.pendingInterim ?? [];
  }

  /** Octets after the end of the last expected response, or after HTTP ended. */
  get surplusBytes(): number {
    return this.#surplus?.bytes ?? 0;
  }

  /** All deviations met so far, in the order of the stream. Those of dropped responses are dropped with them. */
  get deviations(): Deviation[] {
    const lists = this.responses.map((response) => response.deviations);
    if (this.#message && !this.#message.response) lists.push(this.#message.log.list);
    return inOrder([...lists.flat(), ...this.#surplus?.deviations ?? []]);
  }

  /** Deviations of the current or last message, and of surplus octets after it. */
  get messageDeviations(): Deviation[] {
    return [...this.#message?.log.list ?? [], ...this.#surplus?.deviations ?? []];
  }

  /** True if {@linkcode expect} may be called: the stream is open and may carry another request. */
  get reusable(): boolean {
    return reasonAgainstReuse(this.#readSoFar) === undefined;
  }

  /**
   * Adds a request that was sent on the same connection.
   *
   * @throws {TypeError} If the connection cannot carry it: the stream ended, failed, must not be used again, or has
   * surplus octets, which would pass for the answer
   */
  expect(request: OutstandingRequest): void {
    const cause = reasonAgainstReuse(this.#readSoFar);
    if (cause) throw new TypeError(`Cannot expect another response: ${cause}`);
    this.#outstanding.push(request);
    if (this.#state !== "idle") return;
    const last = this.#message;
    this.#startMessage();
    // Line ends after a response belong to that response, and those before the first response to the first.
    (last ?? this.#message)!.log.list.push(...this.#surplus?.deviations ?? []);
    this.#surplus = undefined;
  }

  /**
   * Drops all responses but the last, so that memory does not grow with the number of requests. Reading continues as
   * before.
   */
  dropEarlierResponses(): void {
    this.responses.splice(0, this.responses.length - 1);
  }

  /** Reads a piece of the stream. Pieces after a failure or the end are ignored. */
  receive(bytes: Uint8Array): void {
    const base = this.#offset;
    let at = 0;
    while (at < bytes.length) {
      if (this.#state === "head" || this.#state === "body") {
        const message = this.#message!;
        at = message.receive(bytes, at, base);
        this.#followMessage(message);
      } else {
        if (this.#state === "idle" || this.#state === "switched") {
          this.#surplus ??= new SurplusWatch(base + at, reasonForSurplus(this.#readSoFar));
          this.#surplus.receive(bytes, at);
        }
        at = bytes.length;
      }
    }
    this.#offset = base + at;
  }

  /**
   * Tells the reader that the stream is over.
   *
   * @param how `fin` for a regular end, `tls-truncated` for TLS that ended without close_notify
   */
  end(how: "fin" | "tls-truncated" = "fin"): void {
    if (this.#state === "failed" || this.#state === "ended") return;
    if (this.#state === "head" || this.#state === "body") {
      this.#message!.end(this.#offset, how);
      this.#followMessage(this.#message!);
      if (this.#failure) return;
    } else if (how === "tls-truncated") this.#message?.noteTlsTruncation(this.#offset);
    this.#state = "ended";
    if (this.#outstanding.length > 0) this.#fail(unansweredFailure(this.#offset, this.#outstanding.length));
  }

  #followMessage(message: MessageReader): void {
    switch (message.state) {
      case "head":
      case "body":
      case "switched":
        this.#state = message.state;
        if (message.state === "switched") this.#outstanding.shift();
        return;
      case "complete":
        this.#outstanding.shift();
        if (message.response!.persistent) this.#startMessage();
        else this.#state = "idle";
        return;
      case "failed":
        return this.#fail(message.failure!);
    }
  }

  /** Reads the answer to the next request, if there is one. */
  #startMessage(): void {
    const request = this.#outstanding[0];
    this.#state = request ? "head" : "idle";
    if (request) this.#message = new MessageReader(request, this.#settings);
  }

  get #readSoFar(): ReadSoFar {
    return { state: this.#state, surplus: this.#surplus, message: this.#message };
  }

  #fail(failure: ReadFailure): void {
    this.#failure = failure;
    this.#state = "failed";
  }
}
