/**
 * Decodes content to text.
 *
 * @module
 */

import { PROBE_DEFAULTS } from "./defaults.ts";
import { fieldValues } from "../http/field_list.ts";
import type { BodyFacts, HeaderField } from "../result.ts";

/**
 * Adds the text of content to the facts of a body: it decodes the codings, within the limits, and then the charset of
 * Content-Type. If that fails, `coding.error` gives the reason.
 *
 * @param pieces The content as it came, without framing
 */
export async function addText(
  body: BodyFacts,
  pieces: readonly Uint8Array[],
  options: {
    readonly headers: readonly HeaderField[];
    readonly status?: number | undefined;
    readonly maxBody?: number | undefined;
  },
): Promise<void> {
  const { headers, status, maxBody = PROBE_DEFAULTS.maxBody } = options;
  const { coding, framing } = body;
  if (coding === undefined || framing === "none") {
    body.text = decodeText(pieces, headers);
    return;
  }
  const part = status === 206 && coding.names.length > 0 ? partOf(headers) : undefined;
  if (part !== undefined && part.first > 0) {
    coding.error = `octets ${part.range} of a coded content cannot be decoded without those in front of them`;
    return;
  }
  // If the peer did not end the content, a coding without an end is not its fault.
  const partial = part !== undefined || !body.complete && body.unread !== "truncated";
  const { decodeContent } = await import("./decode_content.ts");
  const decoded = await decodeContent(pieces, coding, { maxBody, partial });
  if ("error" in decoded) coding.error = decoded.error;
  else {
    coding.decodedBytes = decoded.content.length;
    body.text = decodeText([decoded.content], headers);
  }
}

/**
 * Gives the part that `Content-Range` names, unless it is the whole: the coding applies to the whole content, not to
 * each part (RFC 9110 §14.2).
 */
function partOf(
  headers: readonly HeaderField[],
): { readonly range: string; readonly first: number } | undefined {
  const [, range, first, last, total] =
    /^bytes (([0-9]+)-([0-9]+))\/([0-9]+|\*)$/i.exec(fieldValues(headers, "content-range")[0] ?? "") ?? [];
  if (range === undefined || Number(first) === 0 && Number(last) + 1 === Number(total)) return undefined;
  return { range, first: Number(first) };
}

/** Decodes by the charset of Content-Type, or as UTF-8; invalid octets become U+FFFD. */
function decodeText(pieces: readonly Uint8Array[], headers: readonly HeaderField[]): string {
  const decoder = makeDecoder(headers);
  let text = "";
  for (const piece of pieces) text += decoder.decode(piece as Uint8Array<ArrayBuffer>, { stream: true });
  return text + decoder.decode();
}

function makeDecoder(headers: readonly HeaderField[]): TextDecoder {
  const type = fieldValues(headers, "content-type")[0] ?? "";
  const charset = /;[ \t]*charset[ \t]*=[ \t]*"?([^\s";]+)/i.exec(type)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset);
  } catch {
    // The charset is unknown.
    return new TextDecoder();
  }
}
