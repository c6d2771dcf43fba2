/**
 * Decides where the body of a request ends (RFC 9112 §6.3).
 *
 * @module
 */

import { decideContentLength } from "./content_length.ts";
import type { FieldLine } from "./field_line.ts";
import type { FramingDeviation, FramingVerdict, IndexedValue } from "./framing_verdict.ts";
import { decideTransferEncoding } from "./transfer_encoding.ts";

const NO_END = "the end of the request is unknown";

/**
 * Decides how the body of a request is framed.
 *
 * RFC 9112 §6.3: a request cannot end with the connection, so a last coding other than chunked is fatal.
 */
export function decideRequestFraming(
  { version, headers }: { readonly version: string; readonly headers: readonly FieldLine[] },
): FramingVerdict {
  const codings = linesNamed(headers, "transfer-encoding");
  const lengths = linesNamed(headers, "content-length");
  if (codings.length > 0) return withEnd(decideTransferEncoding(version, codings, lengths, NO_END));
  if (lengths.length > 0) return decideContentLength(lengths);
  return { next: "body", framing: "none", length: 0, reusable: true, deviations: [] };
}

function withEnd(verdict: FramingVerdict): FramingVerdict {
  if (verdict.framing !== "until-close") return verdict;
  const deviations = verdict.deviations.map((deviation): FramingDeviation =>
    deviation.code === "te-not-chunked-final" ? { ...deviation, class: "fatal" } : deviation
  );
  return { ...verdict, next: "fatal", deviations };
}

function linesNamed(headers: readonly FieldLine[], name: string): IndexedValue[] {
  return headers.flatMap(([given, value], field) => given.toLowerCase() === name ? [{ field, value }] : []);
}
