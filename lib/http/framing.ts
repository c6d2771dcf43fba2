/**
 * Decides where the body of a response ends (RFC 9112 §6.3).
 *
 * @module
 */

import { decideContentLength } from "./content_length.ts";
import type { FieldLine } from "./field_line.ts";
import type {
  Framing,
  FramingDeviation,
  FramingVerdict,
  IndexedValue,
  OutstandingRequest,
} from "./framing_verdict.ts";
import { bothFields, decideTransferEncoding } from "./transfer_encoding.ts";

export type { Framing, FramingVerdict, OutstandingRequest };

/**
 * Decides how a body is framed. The first matching row of the table in RFC 9112 §6.3 wins.
 *
 * @param head The head; its version decides whether Transfer-Encoding is allowed
 * @param request The request that the response answers
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
      deviations.push({
        code: "unsolicited-101",
        field: -1,
        message: "101 in answer to a request without Upgrade",
      });
    }
    return none("switched", deviations);
  }
  if (request.method === "HEAD") return none("body", ignoredFraming(lengths, codings, "The answer to HEAD"));
  // This comes before 204: after any successful answer to CONNECT the connection no longer carries HTTP (RFC 9112 §6.3,
  // second case).
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
  if (status === 204) return none("body", forbiddenFraming(lengths, codings, status));
  if (status === 304) return none("body", ignoredFraming(lengths, codings, "A 304"));
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
      message:
        "No Content-Length and no chunked coding: the body ends with the connection, so a truncated body looks complete",
    }],
  };
}

function none(next: "interim" | "body" | "switched", deviations: FramingDeviation[]): FramingVerdict {
  return { next, framing: "none", length: 0, reusable: true, deviations };
}

function linesNamed(headers: readonly FieldLine[], name: string): IndexedValue[] {
  const lines: IndexedValue[] = [];
  for (let field = 0; field < headers.length; field++) {
    const [given, value] = headers[field]!;
    if (given.length === name.length && given.toLowerCase() === name) lines.push({ field, value });
  }
  return lines;
}

/** RFC 9112 §6.1, RFC 9110 §8.6: a server must send neither field in a 1xx or 204. */
function forbiddenFraming(
  lengths: IndexedValue[],
  codings: IndexedValue[],
  status: number,
): FramingDeviation[] {
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

/**
 * Notes framing of a 304 or an answer to HEAD that would be invalid in a 200. They may carry the framing of the
 * corresponding 200 (RFC 9112 §6.2).
 */
function ignoredFraming(
  lengths: IndexedValue[],
  codings: IndexedValue[],
  answer: string,
): FramingDeviation[] {
  const deviations: FramingDeviation[] = [];
  if (codings[0] && lengths[0]) deviations.push(bothFields(codings[0]));
  if (lengths.length === 0) return deviations;
  const { next, deviations: [fault] } = decideContentLength(lengths);
  if (next === "fatal" && fault) {
    const message = `${answer} has a Content-Length that cannot be used: ${fault.message}`;
    deviations.push({ ...fault, code: "ignored-invalid-framing", message });
  }
  return deviations;
}
