/**
 * What an answer means for a download.
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import { fieldValues } from "../http/field_list.ts";
import { isSameVersion, parseContentRange, type Validator } from "./content_range.ts";

/** What was asked for. */
export interface AskedRange {
  /** Octets that are there already; 0 if the whole content was asked for. */
  readonly from: number;
  /** Version of which they are. */
  readonly validator: Validator;
  /** The caller has asked for a range of its own, and takes a part for the whole. */
  readonly ownRange: boolean;
}

/** The parts of a head that count. */
export interface AnswerHead {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly FieldLine[];
}

/** What is to be done with the content of an answer. */
export type AnswerVerdict =
  /** It is the whole content; what is there already is of no use. */
  | { readonly type: "whole"; readonly cause?: string }
  /** It goes on where the octets that are there end. */
  | { readonly type: "continuation"; readonly total?: number }
  /** Nothing is missing. */
  | { readonly type: "complete" }
  /** It fits nothing: ask for the whole content. */
  | { readonly type: "restart"; readonly cause: string }
  /** It is not the content that was asked for. */
  | { readonly type: "refused"; readonly cause: string };

/** Status codes whose Location says where the content is (RFC 9110 §15.4). */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Judges an answer by its head (RFC 9110 §13.1.5, §14, §15.3.7, §15.5.17). */
export function judgeAnswer(head: AnswerHead, asked: AskedRange): AnswerVerdict {
  const { status, headers } = head;
  if (asked.from > 0) {
    if (status === 206) return judgePart(headers, asked);
    if (status === 416) return judgeUnsatisfied(headers, asked);
    if (status === 200) {
      return { type: "whole", cause: "the server has another version by now, or gives no parts" };
    }
  }
  if (status >= 200 && status < 300 && (status !== 206 || asked.ownRange)) return { type: "whole" };
  const answer = `the answer is ${status}${head.reason === "" ? "" : ` ${head.reason}`}`;
  if (status === 206) {
    return { type: "refused", cause: `${answer}, a part, though the whole content was asked for` };
  }
  const isRedirect = REDIRECTS.has(status) && fieldValues(headers, "location").length > 0;
  return {
    type: "refused",
    cause: isRedirect ? `${answer}, and following redirects (-L) was not asked for` : answer,
  };
}

function judgePart(headers: readonly FieldLine[], { from, validator }: AskedRange): AnswerVerdict {
  const range = parseContentRange(headers);
  if (range?.type !== "satisfied") {
    return { type: "restart", cause: "the answer is a part, but does not say which (Content-Range)" };
  }
  if (range.first !== from) {
    return {
      type: "restart",
      cause: `octets from ${from} on were asked for, and those from ${range.first} on came`,
    };
  }
  if (!isSameVersion(validator, headers)) {
    return { type: "restart", cause: "the answer is a part of another version" };
  }
  return { type: "continuation", ...(range.total !== undefined && { total: range.total }) };
}

/** A server that still has the version and nothing beyond what is there says so with 416. */
function judgeUnsatisfied(headers: readonly FieldLine[], { from, validator }: AskedRange): AnswerVerdict {
  const range = parseContentRange(headers);
  if (range?.type === "unsatisfied" && range.total === from && isSameVersion(validator, headers)) {
    return { type: "complete" };
  }
  const size = range?.type === "unsatisfied" ? `has ${range.total}` : "does not say how many it has";
  return { type: "restart", cause: `the part has ${from} octets, and the server ${size}` };
}
