/**
 * Judges whether a 206 continues the part on disk (RFC 9110 §14.4, §15.3.7).
 *
 * @module
 */

import { formatCount, formatQuantity } from "../text/count.ts";
import type { FieldLine } from "../http/field_line.ts";
import { fieldValues } from "../http/field_list.ts";
import type { AnswerHead, AnswerVerdict, AskedRange } from "./answer_verdict.ts";
import { contentCoding, type ContentRange, isSameVersion, parseContentRange } from "./content_range.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** A range that exists. */
type Satisfied = Extract<ContentRange, { type: "satisfied" }>;

/**
 * Judges a 206 to a request for the rest. Its start, end, total, length and version have to agree with each other, with
 * the request and with the known facts about the part.
 */
export function judgePart(head: AnswerHead, asked: AskedRange): AnswerVerdict {
  const range = readRange(head);
  if (typeof range === "string") return { type: "restart", cause: range };
  const cause = otherOctets(range, asked) ?? otherVersion(head.headers, asked);
  if (cause !== undefined) return { type: "restart", cause };
  const total = asked.total ?? range.total;
  return withoutUndefined({ type: "continuation", span: range.last - range.first + 1, total });
}

/** Gives the range of an answer, or the reason why it is unknown. */
function readRange({ headers, length }: AnswerHead): Satisfied | string {
  const [type = ""] = fieldValues(headers, "content-type");
  if (/^multipart\/byteranges\b/i.test(type)) {
    return "the answer has several parts, but the request asked for one";
  }
  const values = fieldValues(headers, "content-range");
  if (values.length === 0) return "the answer is a part, but does not say which one (Content-Range)";
  const range = parseContentRange(headers);
  if (range?.type !== "satisfied") {
    return `the answer is a part, but Content-Range is ${
      values.map((it) => JSON.stringify(it)).join(" and ")
    }`;
  }
  const span = range.last - range.first + 1;
  return length === undefined || length === span
    ? range
    : `the answer has ${formatQuantity(length, "octet")}, and ${formatCount(span)} by its Content-Range`;
}

/** Explains why a range is not the requested one; `undefined` if it is. */
function otherOctets({ first, last, total }: Satisfied, asked: AskedRange): string | undefined {
  if (first !== asked.from) {
    return `octets from ${asked.from} on were asked for, and those from ${first} on came`;
  }
  if (asked.total === undefined) return undefined;
  if (total !== undefined && total !== asked.total) {
    return `the part is of a whole of ${formatQuantity(asked.total, "octet")}, and the answer of one of ${
      formatCount(total)
    }`;
  }
  return last < asked.total
    ? undefined
    : `the part is of a whole of ${formatQuantity(asked.total, "octet")}, and the answer goes up to octet ${
      last + 1
    }`;
}

/** Explains why an answer and the part are different versions; `undefined` if they are the same one. */
function otherVersion(headers: readonly FieldLine[], { validator, coding }: AskedRange): string | undefined {
  if (!isSameVersion(validator, headers)) return "the answer is a part of another version";
  const answered = contentCoding(headers);
  return answered === undefined || answered === (coding ?? "identity")
    ? undefined
    : `the part is coded as ${coding ?? "identity"}, and the answer as ${answered}`;
}

/**
 * Judges a 206 to a request with the caller's own Range field, which treats the part as the whole. Only a single range
 * can be compared.
 */
export function judgeOwnRange(head: AnswerHead, wanted: string): AnswerVerdict {
  const [, first, last, suffix] = /^bytes=(?:([0-9]{1,15})-([0-9]{0,15})|-([0-9]{1,15}))$/.exec(wanted) ?? [];
  if (first === undefined && suffix === undefined) return { type: "whole" };
  const range = readRange(head);
  if (typeof range === "string") return { type: "refused", kind: "range", cause: range };
  const start = first !== undefined
    ? Number(first)
    : range.total === undefined
    ? range.first
    : Math.max(0, range.total - Number(suffix));
  if (range.first === start && (!last || range.last <= Number(last))) {
    return { type: "whole", span: range.last - range.first + 1 };
  }
  const cause = `${wanted} was asked for, and the octets from ${range.first} to ${range.last} came`;
  return { type: "refused", kind: "range", cause };
}
