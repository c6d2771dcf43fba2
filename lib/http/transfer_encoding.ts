/**
 * Transfer-Encoding (RFC 9112 §6.1, §6.3, §7).
 *
 * @module
 */

import type { DeviationCode } from "./deviation.ts";
import { splitList } from "./field_list.ts";
import type { FramingDeviation, FramingVerdict, IndexedValue } from "./framing_verdict.ts";

/**
 * Decides by Transfer-Encoding, which overrides Content-Length.
 *
 * @param version The digits of the version
 * @param codings The Transfer-Encoding lines, at least one
 * @param lengths The Content-Length lines
 */
export function decideTransferEncoding(
  version: string,
  codings: readonly IndexedValue[],
  lengths: readonly IndexedValue[],
): FramingVerdict {
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

/** The deviation that a message has both fields. */
export function bothFields(line: IndexedValue): FramingDeviation {
  return {
    code: "te-and-cl",
    field: line.field,
    message: "Both Transfer-Encoding and Content-Length: Transfer-Encoding wins",
  };
}
