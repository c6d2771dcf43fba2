/**
 * Reads Transfer-Encoding (RFC 9112 §6.1, §6.3, §7).
 *
 * @module
 */

import { type DeviationCode, escapeExcerpt } from "./deviation.ts";
import type { FramingDeviation, FramingVerdict, IndexedValue } from "./framing_verdict.ts";
import { type ListElement, listElementsOf } from "./list_elements.ts";
import { withoutUndefined } from "../without_undefined.ts";

/**
 * Decides the framing by Transfer-Encoding, which overrides Content-Length.
 *
 * @param version The digits of the version
 * @param codings The Transfer-Encoding lines, at least one
 * @param lengths The Content-Length lines
 * @param withoutChunked Consequence of a last coding other than chunked, for the message
 */
export function decideTransferEncoding(
  version: string,
  codings: readonly IndexedValue[],
  lengths: readonly IndexedValue[],
  withoutChunked = "the body ends with the connection",
): FramingVerdict {
  const first = codings[0]!;
  const oldVersion = version === "1.0";
  const deviations: FramingDeviation[] = [];
  if (oldVersion) {
    deviations.push({
      code: "te-in-http10",
      field: first.field,
      message: "Transfer-Encoding in an HTTP/1.0 message",
    });
  }
  if (lengths.length > 0) deviations.push(bothFields(first));
  const single = codings.length === 1 && first.value.toLowerCase() === "chunked";
  const list = single ? { chunked: true, repeated: false } : readCodings(codings, deviations, withoutChunked);
  if (!list.chunked) return { next: "body", framing: "until-close", length: 0, reusable: false, deviations };
  const reusable = !oldVersion && lengths.length === 0 && !list.repeated;
  return { next: "body", framing: "chunked", length: 0, reusable, deviations };
}

/** Finds out whether chunked is the last coding and whether it is repeated. Adds the faults of the list. */
function readCodings(
  codings: readonly IndexedValue[],
  deviations: FramingDeviation[],
  withoutChunked: string,
): { chunked: boolean; repeated: boolean } {
  const add = ({ field, at }: ListElement, code: DeviationCode, message: string): void => {
    deviations.push(withoutUndefined({ code, field, at, message }));
  };
  const elements = listElementsOf(codings, true);
  const empty = elements.find(({ text }) => text === "");
  if (empty) add(empty, "te-empty-element", "An empty element in Transfer-Encoding");
  const named = elements.filter(({ text }) => text !== "");
  const chunked = named.filter(isChunked);

  const last = named.at(-1);
  if (!last || !isChunked(last)) {
    const found = last ? `is "${escapeExcerpt(last.text)}", not chunked` : "has no name";
    const message = `The last transfer coding ${found}: ${withoutChunked}`;
    add(last ?? elements.at(-1)!, "te-not-chunked-final", message);
    return { chunked: false, repeated: false };
  }
  if (chunked[1]) {
    add(chunked[1], "te-duplicate-chunked", `chunked ${chunked.length} times: decoded once`);
  }
  const other = named.find((element) => !isChunked(element));
  if (other) {
    const message = `Transfer codings other than chunked are not decoded: "${escapeExcerpt(other.text)}"`;
    add(other, "transfer-coding-other", message);
  }
  return { chunked: true, repeated: chunked.length > 1 };
}

function isChunked({ text }: ListElement): boolean {
  return text.toLowerCase() === "chunked";
}

/** Makes the deviation of a message with both fields. */
export function bothFields(line: IndexedValue): FramingDeviation {
  return {
    code: "te-and-cl",
    field: line.field,
    message: "Both Transfer-Encoding and Content-Length: Transfer-Encoding wins",
  };
}
