/**
 * Where the body of a response ends (RFC 9112 §6.3).
 *
 * @module
 */

import type { Framing } from "../result.ts";
import type { DeviationCode } from "./deviation.ts";
import type { FieldLine } from "./field_line.ts";
import { splitList } from "./field_list.ts";

export type { Framing };

/** What of a request decides how its answer is read. */
export interface OutstandingRequest {
  /** Compared as it stands: methods are case-sensitive (RFC 9110 §9.1). */
  readonly method: string;
  /** The request asked for another protocol with `Upgrade`. */
  readonly upgrade?: boolean;
}

/** The verdict on a head. */
export interface FramingVerdict {
  /** `fatal`: a deviation in the list says why the body cannot be read. */
  readonly next: "interim" | "body" | "switched" | "fatal";
  readonly framing: Framing;
  /** Octets, for `content-length`. */
  readonly length: number;
  /** False when the way of framing forbids another request on this connection. */
  readonly reusable: boolean;
  readonly deviations: readonly FramingDeviation[];
}

/** A deviation and the index of the field line that it is about. */
export interface FramingDeviation {
  readonly code: DeviationCode;
  readonly field: number;
  readonly message: string;
}

interface Line {
  readonly field: number;
  readonly value: string;
}

/**
 * Decides how a body is framed. The first matching row of the table in RFC 9112 §6.3 wins.
 *
 * @param head The head; its version decides whether Transfer-Encoding is in order
 * @param request The request that it answers
 */
export function decideFraming(
  head: { readonly version: string; readonly status: number; readonly headers: readonly FieldLine[] },
  request: OutstandingRequest,
): FramingVerdict {
  const { version, status, headers } = head;
  const lengths = linesNamed(headers, "content-length");
  const codings = linesNamed(headers, "transfer-encoding");

  if (status >= 100 && status <= 199) {
    const deviations = forbiddenFraming(lengths, codings, status);
    if (status !== 101) return none("interim", deviations);
    if (!request.upgrade) {
      deviations.push({ code: "unsolicited-101", field: -1, message: "101 though no Upgrade was asked for" });
    }
    return none("switched", deviations);
  }
  if (request.method === "HEAD") return none("body", ignoredFraming(lengths, codings));
  if (status === 204) return none("body", forbiddenFraming(lengths, codings, status));
  if (status === 304) return none("body", []);
  if (request.method === "CONNECT" && status >= 200 && status <= 299) {
    const line = codings[0] ?? lengths[0];
    return none(
      "switched",
      line
        ? [{
          code: "framing-on-connect-2xx",
          field: line.field,
          message: `A ${status} to CONNECT has no body; the field is ignored`,
        }]
        : [],
    );
  }
  if (codings.length > 0) return decideTransferEncoding(version, codings, lengths);
  if (lengths.length > 0) return decideContentLength(lengths);
  return {
    next: "body",
    framing: "until-close",
    length: 0,
    reusable: false,
    deviations: [{
      code: "close-delimited",
      field: -1,
      message: "No framing: the body ends with the connection, so truncation cannot be told",
    }],
  };
}

function none(next: "interim" | "body" | "switched", deviations: FramingDeviation[]): FramingVerdict {
  return { next, framing: "none", length: 0, reusable: true, deviations };
}

function linesNamed(headers: readonly FieldLine[], name: string): Line[] {
  const lines: Line[] = [];
  for (let field = 0; field < headers.length; field++) {
    const [given, value] = headers[field]!;
    if (given.length === name.length && given.toLowerCase() === name) lines.push({ field, value });
  }
  return lines;
}

/** RFC 9112 §6.1, RFC 9110 §8.6: a server must send neither field in a 1xx or 204. */
function forbiddenFraming(lengths: Line[], codings: Line[], status: number): FramingDeviation[] {
  const deviations: FramingDeviation[] = [];
  if (lengths[0]) {
    deviations.push({
      code: "content-length-on-1xx-204",
      field: lengths[0].field,
      message: `Content-Length in a ${status}, which has no body`,
    });
  }
  if (codings[0]) {
    deviations.push({
      code: "transfer-encoding-on-1xx-204",
      field: codings[0].field,
      message: `Transfer-Encoding in a ${status}, which has no body`,
    });
  }
  return deviations;
}

/** The answer to HEAD may carry framing of the GET that it stands for; only what no GET could carry is worth a word. */
function ignoredFraming(lengths: Line[], codings: Line[]): FramingDeviation[] {
  const deviations: FramingDeviation[] = [];
  if (codings[0] && lengths[0]) deviations.push(bothFields(codings[0]));
  if (lengths[0] && decideContentLength(lengths).next === "fatal") {
    deviations.push({
      code: "ignored-invalid-framing",
      field: lengths[0].field,
      message: "The answer to HEAD has a Content-Length that cannot be used",
    });
  }
  return deviations;
}

function bothFields(line: Line): FramingDeviation {
  return {
    code: "te-and-cl",
    field: line.field,
    message: "Both Transfer-Encoding and Content-Length: Transfer-Encoding wins",
  };
}

function decideTransferEncoding(version: string, codings: Line[], lengths: Line[]): FramingVerdict {
  const first = codings[0]!;
  const deviations: FramingDeviation[] = [];
  const add = (code: DeviationCode, message: string): void => {
    deviations.push({ code, field: first.field, message });
  };
  const oldVersion = version === "1.0";
  if (oldVersion) add("te-in-http10", "Transfer-Encoding in an HTTP/1.0 message");
  if (lengths.length > 0) deviations.push(bothFields(first));

  const elements = codings.flatMap((line) => splitList(line.value));
  const names = elements.filter((element) => element !== "").map((element) => element.toLowerCase());
  if (names.length < elements.length) add("te-empty-element", "An empty element in Transfer-Encoding");
  const chunked = names.filter((name) => name === "chunked").length;

  if (names.at(-1) !== "chunked") {
    add("te-not-chunked-final", "The last transfer coding is not chunked: the body ends with the connection");
    return { next: "body", framing: "until-close", length: 0, reusable: false, deviations };
  }
  if (chunked > 1) add("te-duplicate-chunked", "chunked more than once: decoded once");
  if (names.length > chunked) {
    add("transfer-coding-other", "Transfer codings other than chunked are not undone");
  }
  const reusable = !oldVersion && lengths.length === 0 && chunked === 1;
  return { next: "body", framing: "chunked", length: 0, reusable, deviations };
}

function decideContentLength(lines: Line[]): FramingVerdict {
  const field = lines[0]!.field;
  const refuse = (code: DeviationCode, message: string): FramingVerdict => ({
    next: "fatal",
    framing: "content-length",
    length: 0,
    reusable: false,
    deviations: [{ code, field, message }],
  });
  const elements = lines.flatMap((line) =>
    line.value.split(",").map((element) => element.replace(/^[ \t]+|[ \t]+$/g, ""))
  );
  if (!elements.every((element) => /^[0-9]+$/.test(element))) {
    return refuse("invalid-content-length", "Content-Length is not a number of octets");
  }
  const numbers = elements.map((element) => element.replace(/^0+(?=[0-9])/, ""));
  if (numbers.some((number) => number !== numbers[0])) {
    return refuse("conflicting-content-length", "Content-Length has different values");
  }
  const length = Number(numbers[0]);
  if (numbers[0]!.length > 16 || length > Number.MAX_SAFE_INTEGER) {
    return refuse("content-length-overflow", "Content-Length is above 2^53-1 octets");
  }

  const deviations: FramingDeviation[] = [];
  if (lines.length > 1) {
    deviations.push({
      code: "duplicate-content-length",
      field: lines[1]!.field,
      message: `Content-Length ${lines.length} times with the same value`,
    });
  }
  const list = lines.find((line) => line.value.includes(","));
  if (list) {
    deviations.push({
      code: "content-length-list",
      field: list.field,
      message: "Content-Length is a list of equal values",
    });
  }
  return { next: "body", framing: "content-length", length, reusable: true, deviations };
}
