/**
 * Lays out the heads of the responses, interim and final, with their fields in wire order.
 *
 * @module
 */

import type { HeaderField, ProbeResult } from "../../result.ts";
import { escapeOctets } from "../../text/escape/text.ts";
import { formatDuration } from "../../text/duration.ts";
import { layOut, type Span, type View } from "../../text/layout.ts";
import type { Style } from "../../text/paint.ts";

/** The style of a status by its class. */
export function statusStyle(status: number): Style {
  if (status < 200 || status >= 600) return "dim";
  if (status < 300) return "good";
  if (status < 400) return "notice";
  return status < 500 ? "warning" : "bad";
}

/**
 * Lays out fields as they stood on the wire. A long one continues on an indented line, and keeps every blank.
 */
export function layOutFields(fields: readonly HeaderField[], view: View, indent = 0): string[] {
  return fields.flatMap(([name, value]) =>
    layOut([["name", escapeOctets(name)], `: ${escapeOctets(value)}`], view, {
      first: indent,
      rest: indent + 4,
      keepBlanks: true,
    })
  );
}

function statusSpans(version: string | undefined, status: number, reason: string): Span[] {
  const style = statusStyle(status);
  const words = reason === "" ? "" : ` ${escapeOctets(reason)}`;
  return [["dim", version === undefined ? "" : `HTTP/${escapeOctets(version)} `], [
    style,
    `${status}${words}`,
  ]];
}

/** Lays out the interim responses, each with its time after the request, and the final head. */
export function layOutHead(result: ProbeResult, view: View): string[] {
  const { status, reason = "", version, headers = [], interim } = result;
  const lines = interim.flatMap((response) => {
    const spans = statusSpans(version, response.status, response.reason);
    spans.push(["dim", `  (interim, ${formatDuration(response.at)} after the request)`]);
    return [...layOut(spans, view), ...layOutFields(response.headers, view), ""];
  });
  if (status !== undefined) lines.push(...layOut(statusSpans(version, status, reason), view));
  lines.push(...layOutFields(headers, view));
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
