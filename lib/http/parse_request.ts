/**
 * Parses captured requests.
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../text/check_options.ts";
import { formatQuantity } from "../text/count.ts";
import { BodyReader } from "./body_reader.ts";
import type { Deviation, Note } from "./deviation.ts";
import { DeviationLog } from "./deviation_log.ts";
import type { FieldLine } from "./field_line.ts";
import { listElements } from "./field_list.ts";
import {
  LARGE_HEAD,
  LIMIT_NAMES,
  type LimitFailure,
  type LimitsInput,
  type ReaderLimits,
  settleLimits,
} from "./limits.ts";
import { noteFraming } from "./note_framing.ts";
import { failureOf } from "./read_failure.ts";
import { noteHost } from "./request_host.ts";
import { decideRequestFraming } from "./request_framing.ts";
import type { ParsedBody, ReadFailure } from "./response.ts";
import { SectionReader } from "./section_reader.ts";

/** A request as far as it was read; `body.complete` says whether that is all of it. */
export interface ParsedRequest {
  /** The method as written. */
  method: string;
  /** The request-target as written. */
  target: string;
  /** The digits of the version, as `1.1`. */
  version: string;
  /** Field lines in wire order, with their case and duplicates. */
  headers: FieldLine[];
  /** Offset of the request-line. */
  offset: number;
  /** Octets of the head, including its empty line. */
  headBytes: number;
  /** The facts of the body. */
  body: ParsedBody;
  /** True if the request asked for another protocol. */
  upgrade: boolean;
  /** The deviations of this request. */
  deviations: readonly Deviation[];
}

/** Options of {@linkcode parseRequests}. */
export interface ParseRequestsOptions {
  /** Limits that differ from the default ones. */
  readonly limits?: LimitsInput | undefined;
}

const PARSE_REQUESTS_OPTION_NAMES = { limits: LIMIT_NAMES } as const satisfies OptionNames<
  ParseRequestsOptions
>;

/** The requests in captured octets. */
export interface ParsedRequests {
  /** Requests whose head is complete, in order. */
  requests: ParsedRequest[];
  /** All deviations, in the order of the octets. */
  deviations: Deviation[];
  /** The reason why reading stopped before the end of the octets. */
  failure?: ReadFailure;
  /**
   * Offset of octets that follow a CONNECT or an Upgrade and are not a request, so they belong to another protocol.
   * Their deviations are not listed.
   */
  switchedAt?: number;
}

/**
 * Parses captured octets as requests, one after the other (RFC 9112 §3). It tolerates and lists the same deviations as
 * the reader of responses. No octets make it throw.
 *
 * @param bytes All octets that were sent over one connection
 * @throws {TypeError} If an option does not exist
 * @throws {RangeError} If a limit is not a number, or is below 0
 *
 * @example Usage
 * ```ts
 * import { parseRequests } from "https://deno.land/x/sonde/lib/http.ts";
 * import assert from "node:assert/strict";
 *
 * const wire = "GET /a HTTP/1.1\r\nHost: x\r\n\r\nPOST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";
 * const { requests } = parseRequests(new TextEncoder().encode(wire));
 * assert.deepEqual(requests.map(({ method, offset, body }) => [method, offset, body.bytes]), [["GET", 0, 0], ["POST", 28, 2]]);
 * ```
 */
export function parseRequests(bytes: Uint8Array, options: ParseRequestsOptions = {}): ParsedRequests {
  checkOptions(options, PARSE_REQUESTS_OPTION_NAMES);
  const limits = settleLimits(options.limits);
  const parsed: ParsedRequests = { requests: [], deviations: [] };
  let at = 0;
  while (at < bytes.length && !parsed.failure) {
    const reading = new RequestReading(bytes, limits);
    const start = at;
    at = reading.read(start);
    if (reading.failure && !reading.request && mayLeaveHttp(parsed.requests.at(-1))) {
      parsed.switchedAt = start;
      break;
    }
    if (reading.request) parsed.requests.push(reading.request);
    parsed.deviations.push(...reading.log.list);
    if (reading.failure) parsed.failure = reading.failure;
  }
  return parsed;
}

/**
 * Tells whether octets after a request may belong to another protocol (RFC 9110 §7.8, §9.3.6). Only the answer decides
 * it.
 */
function mayLeaveHttp(request: ParsedRequest | undefined): boolean {
  return request !== undefined && (request.method === "CONNECT" || request.upgrade);
}

/** Reads one request. */
class RequestReading {
  readonly log = new DeviationLog();
  request: ParsedRequest | undefined;
  failure: ReadFailure | undefined;
  readonly #bytes: Uint8Array;
  readonly #limits: ReaderLimits;

  constructor(bytes: Uint8Array, limits: ReaderLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
  }

  /** Reads from an offset, and gives the offset of the first unread octet. */
  read(start: number): number {
    const head = new SectionReader("request-line", start, this.#note, this.#limits);
    const end = head.receive(this.#bytes, start);
    if (head.limit) return this.#passLimit(head.limit, "head");
    if (head.state === "reading") {
      this.#endInHead(head, end);
      return end;
    }
    const { requestLine } = head;
    if (head.state === "failed" || !requestLine) return this.#bytes.length;
    const headBytes = end - head.start;
    if (headBytes > LARGE_HEAD) {
      this.#note("large-head", head.start, `A head of ${formatQuantity(headBytes, "octet")}`);
    }
    this.request = {
      ...requestLine,
      headers: head.fields,
      offset: head.start,
      headBytes,
      body: { framing: "none", bytes: 0, wireBytes: 0, complete: false, trailers: [] },
      upgrade: listElements(head.fields, "upgrade").length > 0,
      deviations: this.log.list,
    };
    noteHost(requestLine, head, this.#note);
    return this.#readBody(this.request, head, end);
  }

  /** Judges the end of the octets, which is allowed between two requests. */
  #endInHead(head: SectionReader, end: number): void {
    head.end();
    if (this.failure) return;
    if (head.requestLine) {
      const count = formatQuantity(head.fields.length, "field line");
      this.#note("truncated-head", end, `The octets end in the head, after ${count}`);
    } else if (head.heldLine !== "") {
      this.#note("truncated-head", end, "The octets end in the request-line", head.heldLine.slice(-60));
    }
  }

  #readBody(request: ParsedRequest, head: SectionReader, start: number): number {
    const { body } = request;
    const verdict = decideRequestFraming(request);
    noteFraming(verdict.deviations, head, this.#note);
    body.framing = verdict.framing;
    if (verdict.next === "fatal") return this.#bytes.length;
    if (verdict.framing === "content-length") body.expected = verdict.length;
    if (verdict.framing === "none" || verdict.framing === "content-length" && verdict.length === 0) {
      body.complete = true;
      return start;
    }
    if (verdict.framing === "chunked") body.chunks = 0;
    const reader = new BodyReader(body, start, { note: this.#note, limits: this.#limits, onData: undefined });
    const end = reader.receive(this.#bytes, start, 0);
    if (this.failure || reader.limit) body.wireBytes = (this.failure ?? reader.limit)!.offset - start;
    if (reader.limit) return this.#passLimit(reader.limit, "body");
    body.complete = reader.complete;
    if (!reader.complete && !this.failure) reader.noteTruncation(end);
    return end;
  }

  #passLimit(limit: LimitFailure, phase: "head" | "body"): number {
    this.failure ??= { kind: "limit", phase, ...limit };
    return this.#bytes.length;
  }

  readonly #note: Note = (code, offset, message, excerpt, severity) => {
    const deviation = this.log.add(code, offset, message, excerpt);
    if (severity) deviation.class = severity;
    // The table names the rule for status-lines.
    if (code === "not-http") deviation.rfc = "RFC 9112 §3";
    if (deviation.class !== "fatal") return;
    this.failure ??= failureOf(code, offset, message, this.request ? "body" : "head");
  };
}
