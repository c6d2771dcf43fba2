/**
 * Judges an answer to a request of a download.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../text/count.ts";
import type { FieldLine } from "../http/field_line.ts";
import { fieldValues } from "../http/field_list.ts";
import type { AnswerHead, AnswerVerdict, AskedRange } from "./answer_verdict.ts";
import { isSameVersion, parseContentRange } from "./content_range.ts";
import { judgeOwnRange, judgePart } from "./judge_part.ts";

/** Status codes whose Location tells where the content is (RFC 9110 §15.4). */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Judges an answer by its head (RFC 9110 §13.1.5, §14, §15.3.7, §15.5.17). */
export function judgeAnswer(head: AnswerHead, asked: AskedRange): AnswerVerdict {
  const { status, headers } = head;
  if (asked.from > 0) {
    if (status === 206) return judgePart(head, asked);
    if (status === 416) return judgeUnsatisfied(headers, asked);
    if (status === 200 || status === 203) return judgeWhole(headers);
  } else if (status === 206 && asked.ownRange !== undefined) return judgeOwnRange(head, asked.ownRange);
  else if (status >= 200 && status < 300 && status !== 206) return { type: "whole" };
  const answer = `the answer is ${status}${head.reason === "" ? "" : ` ${head.reason}`}`;
  if (status === 206) {
    return { type: "refused", cause: `${answer}, a part, though the whole content was asked for` };
  }
  const isRedirect = REDIRECTS.has(status) && fieldValues(headers, "location").length > 0;
  return {
    type: "refused",
    cause: isRedirect ? `${answer}: -L follows redirects` : answer,
  };
}

/** Content-Range has no meaning in a 200 (RFC 9110 §14.4), but a server that adds it may have sent a part. */
function judgeWhole(headers: readonly FieldLine[]): AnswerVerdict {
  const range = parseContentRange(headers);
  if (range?.type === "satisfied" && range.first > 0) {
    const cause =
      `the answer is 200 for the whole, and has the octets from ${range.first} on by its Content-Range`;
    return { type: "restart", cause };
  }
  return { type: "whole", cause: "the server now has another version, or does not send parts" };
}

/** Accepts a 416 as proof of completeness if the server still has the version and nothing follows the bytes on disk. */
function judgeUnsatisfied(headers: readonly FieldLine[], asked: AskedRange): AnswerVerdict {
  const { from, validator, total = from } = asked;
  const range = parseContentRange(headers);
  const size = range?.type === "unsatisfied" ? range.total : undefined;
  if (size === from && total === from && isSameVersion(validator, headers)) return { type: "complete" };
  const has = size === undefined ? "does not say how many it has" : `has ${formatCount(size)}`;
  const of = total === from ? "" : ` of ${formatCount(total)}`;
  const other = size === from && total === from ? " of another version" : "";
  return {
    type: "restart",
    cause: `the part has ${formatQuantity(from, "octet")}${of}, and the server ${has}${other}`,
  };
}
