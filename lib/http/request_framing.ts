/**
 * Where the body of a request ends (RFC 9112 §6.3).
 *
 * @module
 */

import { decideContentLength } from "./content_length.ts";
import type { FieldLine } from "./field_line.ts";
import type { FramingVerdict, IndexedValue } from "./framing_verdict.ts";
import { decideTransferEncoding } from "./transfer_encoding.ts";

/** Decides how the body of a request is framed; `until-close` stands for one whose end cannot be told. */
export function decideRequestFraming(
  { version, headers }: { readonly version: string; readonly headers: readonly FieldLine[] },
): FramingVerdict {
  const codings = linesNamed(headers, "transfer-encoding");
  const lengths = linesNamed(headers, "content-length");
  if (codings.length > 0) return decideTransferEncoding(version, codings, lengths);
  if (lengths.length > 0) return decideContentLength(lengths);
  return { next: "body", framing: "none", length: 0, reusable: true, deviations: [] };
}

function linesNamed(headers: readonly FieldLine[], name: string): IndexedValue[] {
  return headers.flatMap(([given, value], field) => given.toLowerCase() === name ? [{ field, value }] : []);
}
