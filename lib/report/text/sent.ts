/**
 * Lays out the request as it was sent.
 *
 * @module
 */

import type { ProbeResult } from "../../result.ts";
import { formatQuantity } from "../../text/count.ts";
import { escapeOctets } from "../../text/escape/text.ts";
import { layOut, type Span, type View } from "../../text/layout.ts";

/** The value of a field with credentials. */
const MASK = "***";

/**
 * Lays out the request-line, the fields and the size of the content, each behind a `>`, if the result has them. Credentials
 * are hidden, as in every result.
 */
export function layOutSent({ request }: ProbeResult, view: View): string[] {
  if (!view.verbose || request?.headers === undefined || request.sentBytes === 0) return [];
  const { method, target = "", version = "", headers, bodyBytes = 0, excerpt } = request;
  const lines: Span[][] = [];
  if (method !== undefined) {
    lines.push([["heading", escapeOctets(method)], ` ${escapeOctets(target)} HTTP/${escapeOctets(version)}`]);
    for (const [name, value] of headers) {
      lines.push([["name", escapeOctets(name)], `: ${escapeOctets(value)}`]);
    }
  } else if (excerpt !== undefined) lines.push([excerpt]);
  if (method !== undefined && bodyBytes > 0) {
    lines.push([["dim", `(${formatQuantity(bodyBytes, "octet")} of content)`]]);
  }
  if (headers.some(([, value]) => value === MASK)) {
    lines.push([["dim", `(${MASK} hides credentials: --wire shows them)`]]);
  }
  // A line of the request stays one line, whatever its length.
  return lines.flatMap((spans) => layOut([["dim", "> "], ...spans], { ...view, width: Infinity }));
}
