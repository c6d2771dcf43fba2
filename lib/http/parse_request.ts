/**
 * Parses captured requests.
 *
 * @module
 */

import { BodyReader } from "./body_reader.ts";
import { type Deviation, deviationClass, type DeviationCode } from "./deviation.ts";
import { DeviationLog } from "./deviation_log.ts";
import type { FieldLine } from "./field_line.ts";
import { fieldValues, listElements } from "./field_list.ts";
import { DEFAULT_LIMITS, type LimitFailure, type ReaderLimits } from "./limits.ts";
import { CR, decodeLatin1, LF } from "./octets.ts";
import { failureOf } from "./read_failure.ts";
import { decideRequestFraming } from "./request_framing.ts";
import { parseRequestLine } from "./request_line.ts";
import type { ParsedBody, ReadFailure } from "./response.ts";
import { SectionReader } from "./section_reader.ts";

/** A request as far as it was read; `body.complete` says whether that is all of it. */
export interface ParsedRequest {
  /** As it stands there. */
  method: string;
  /** The request-target as it stands there. */
  target: string;
  /** The digits of the version, as `1.1`. */
  version: string;
  /** Wire order and case, duplicates kept. */
  headers: FieldLine[];
  /** Offset of the request-line. */
  offset: number;
  /** Octets of the head, its empty line included. */
  headBytes: number;
  /** What followed the head. */
  body: ParsedBody;
  /** The request asked for another protocol. */
  upgrade: boolean;
  /** Places where it bends the rules. */
  deviations: readonly Deviation[];
}

/** What captured octets turned out to be. */
export interface ParsedRequests {
  /** Requests whose head is complete, in order. */
  requests: ParsedRequest[];
  /** All deviations, in the order of the octets. */
  deviations: Deviation[];
  /** Why reading stopped before the end of the octets. */
  failure?: ReadFailure;
}

/**
 * Parses captured octets as requests, one after the other (RFC 9112 §3): as lenient and as outspoken as the reader of
 * responses. Octets never make it throw.
 *
 * @param bytes All octets that were sent over one connection
 *
 * @example Usage
 * ```ts
 * import { parseRequests } from "./parse_request.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const wire = "GET /a HTTP/1.1\r\nHost: x\r\n\r\nPOST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";
 * const { requests } = parseRequests(new TextEncoder().encode(wire));
 * assertEquals(requests.map(({ method, offset, body }) => [method, offset, body.bytes]), [["GET", 0, 0], ["POST", 28, 2]]);
 * ```
 */
export function parseRequests(bytes: Uint8Array, limits: Partial<ReaderLimits> = {}): ParsedRequests {
  const parsed: ParsedRequests = { requests: [], deviations: [] };
  let at = 0;
  while (at < bytes.length && !parsed.failure) {
    const reading = new RequestReading(bytes, { ...DEFAULT_LIMITS, ...limits });
    at = reading.read(at);
    if (reading.request) parsed.requests.push(reading.request);
    parsed.deviations.push(...reading.log.list);
    if (reading.failure) parsed.failure = reading.failure;
  }
  return parsed;
}

/** The reading of one request. */
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

  /** Reads from an offset on. Gives the offset of what was not read. */
  read(start: number): number {
    const line = this.#readLine(start);
    if (line === undefined) return this.#bytes.length;
    const parts = parseRequestLine(line.text, line.offset, this.#note);
    if (parts === undefined) return this.#bytes.length;
    const section = new SectionReader("fields", line.end, this.#note, this.#limits, line.offset);
    const end = section.receive(this.#bytes, line.end);
    if (section.limit) return this.#passLimit(section.limit, "head");
    if (section.state === "failed") return this.#bytes.length;
    if (section.state === "reading") {
      this.#note(
        "truncated-head",
        end,
        `The octets end in the head, after ${section.fields.length} field lines`,
      );
      return end;
    }
    this.request = {
      ...parts,
      headers: section.fields,
      offset: line.offset,
      headBytes: end - line.offset,
      body: { framing: "none", bytes: 0, wireBytes: 0, complete: false, trailers: [] },
      upgrade: listElements(section.fields, "upgrade").length > 0,
      deviations: this.log.list,
    };
    this.#checkHost(this.request);
    return this.#readBody(this.request, section, end);
  }

  /** The request-line, empty lines before it passed over (RFC 9112 §2.2). */
  #readLine(start: number): { text: string; offset: number; end: number } | undefined {
    let offset = start;
    while (true) {
      const lineEnd = this.#bytes.indexOf(LF, offset);
      const octets = (lineEnd === -1 ? this.#bytes.length : lineEnd + 1) - offset;
      const { maxHead } = this.#limits;
      if (octets > maxHead) {
        this.#passLimit(
          { offset: offset + maxHead, message: `A head of more than ${maxHead} octets` },
          "head",
        );
        return undefined;
      }
      if (lineEnd === -1) break;
      const hasCr = lineEnd > offset && this.#bytes[lineEnd - 1] === CR;
      const text = decodeLatin1(this.#bytes, offset, hasCr ? lineEnd - 1 : lineEnd);
      if (text !== "") {
        if (!hasCr) this.#note("bare-lf", lineEnd, "LF without CR", `${text}\n`);
        return { text, offset, end: lineEnd + 1 };
      }
      this.#note("leading-crlf", offset, "An empty line before the request-line");
      offset = lineEnd + 1;
    }
    if (offset < this.#bytes.length) {
      const text = decodeLatin1(this.#bytes, offset, Math.min(this.#bytes.length, offset + 60));
      this.#note("truncated-head", this.#bytes.length, "The octets end in the request-line", text);
    }
    return undefined;
  }

  /** RFC 9112 §3.2: exactly one Host in HTTP/1.1. */
  #checkHost({ version, headers, offset }: ParsedRequest): void {
    const count = fieldValues(headers, "host").length;
    if (count > 1) this.#note("request-host", offset, `Host comes ${count} times`);
    if (count === 0 && version === "1.1") {
      this.#note("request-host", offset, "No Host in an HTTP/1.1 request");
    }
  }

  #readBody(request: ParsedRequest, section: SectionReader, start: number): number {
    const { body } = request;
    const verdict = decideRequestFraming(request);
    for (const { code, field, message } of verdict.deviations) {
      const line = section.fields[field];
      this.#note(
        code,
        section.fieldOffsets[field] ?? request.offset,
        message,
        line && `${line[0]}: ${line[1]}`,
      );
    }
    body.framing = verdict.framing;
    if (verdict.next === "fatal") return this.#bytes.length;
    if (verdict.framing === "until-close") {
      // RFC 9112 §6.3: a request has no end that a close could mark.
      this.failure = {
        kind: "syntax",
        phase: "body",
        offset: start,
        message: "The last transfer coding of a request is not chunked: where it ends cannot be told",
        code: "te-not-chunked-final",
      };
      return this.#bytes.length;
    }
    if (verdict.framing === "content-length") body.expected = verdict.length;
    if (verdict.framing === "none" || verdict.framing === "content-length" && verdict.length === 0) {
      body.complete = true;
      return start;
    }
    if (verdict.framing === "chunked") body.chunks = 0;
    const reader = new BodyReader(body, start, { note: this.#note, limits: this.#limits, onData: undefined });
    const end = reader.receive(this.#bytes, start, 0);
    if (reader.limit) return this.#passLimit(reader.limit, "body");
    body.complete = reader.complete;
    if (!reader.complete && !this.failure) reader.noteTruncation(end);
    return end;
  }

  #passLimit(limit: LimitFailure, phase: "head" | "body"): number {
    this.failure ??= { kind: "limit", phase, ...limit };
    return this.#bytes.length;
  }

  readonly #note = (code: DeviationCode, offset: number, message: string, excerpt?: string): void => {
    this.log.add(code, offset, message, excerpt);
    if (deviationClass(code) !== "fatal") return;
    this.failure ??= failureOf(code, offset, message, this.request ? "body" : "head");
  };
}
