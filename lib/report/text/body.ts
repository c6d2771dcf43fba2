/**
 * What followed the head: framing, size, whether it was whole, trailers, and the content if it was asked for.
 *
 * @module
 */

import { fieldValues, splitList } from "../../http/field_list.ts";
import type { BodyFacts, ContentCoding, HeaderField, ProbeResult } from "../../result.ts";
import { escapeText } from "../escape.ts";
import { formatCount, formatQuantity } from "../figures.ts";
import { layOut, layOutFacts, type Span, type View } from "../layout.ts";
import { layOutFields } from "./head.ts";

const FRAMINGS: Readonly<Record<BodyFacts["framing"], string>> = {
  "content-length": "Content-Length",
  chunked: "chunked",
  "until-close": "until the connection closes",
  none: "none",
};

/** The length that the head announced, if all its Content-Length fields agree on one number. */
export function announcedLength(headers: readonly HeaderField[]): number | undefined {
  const elements = fieldValues(headers, "content-length").flatMap(splitList);
  const [first] = elements;
  if (first === undefined || !elements.every((element) => /^[0-9]+$/.test(element))) return undefined;
  const length = Number(first);
  return elements.every((element) => Number(element) === length) ? length : undefined;
}

function sizeSpans(body: BodyFacts, headers: readonly HeaderField[], open: boolean): Span[] {
  const { framing, bytes, wireBytes, chunks, complete } = body;
  const spans: Span[] = [FRAMINGS[framing]];
  if (framing === "none" && bytes === 0) return ["none: this response has no body"];
  if (chunks !== undefined) spans.push(`, ${formatQuantity(chunks, "chunk")}`);
  const expected = framing === "content-length" ? announcedLength(headers) : undefined;
  const size = !complete && expected !== undefined
    ? `${formatCount(bytes)} of ${formatQuantity(expected, "octet")}`
    : formatQuantity(bytes, "octet");
  spans.push(`, ${size}`);
  if (wireBytes !== bytes) spans.push(["dim", ` (${formatCount(wireBytes)} on the wire)`]);
  spans.push(", ", complete ? ["good", "complete"] : open ? "not complete yet" : ["bad", "TRUNCATED"]);
  return spans;
}

/** The codings as the fields name them, and what decoding gave. */
function codingSpans({ names, transfer = [], decodedBytes, error }: ContentCoding): Span[] {
  const spans: Span[] = [escapeText([...names, ...transfer].join(", "))];
  if (error !== undefined) spans.push(", ", ["bad", "NOT DECODED"], `: ${escapeText(error)}`);
  else if (decodedBytes !== undefined) spans.push(`, ${formatQuantity(decodedBytes, "octet")} decoded`);
  return spans;
}

/**
 * Lines for the body. None if no head was read.
 *
 * @param options `open`: more of it may come
 */
export function layOutBody(
  { body, headers = [] }: ProbeResult,
  view: View,
  options: { open?: boolean } = {},
): string[] {
  const { open = false } = options;
  if (body === undefined) return [];
  const { sha256, trailers, coding } = body;
  return [
    ...layOutFacts("body", [sizeSpans(body, headers, open)], view),
    ...layOutFacts("coding", coding === undefined ? [] : [codingSpans(coding)], view),
    ...layOutFacts("sha256", sha256 === undefined ? [] : [[escapeText(sha256)]], view),
    ...layOutFacts("trailers", trailers.length === 0 ? [] : [[formatCount(trailers.length)]], view),
    ...layOutFields(trailers, view, 2),
  ];
}

/** Lines for the content itself: its line feeds are obeyed, all else that a terminal acts upon is escaped. */
export function layOutContent({ body }: ProbeResult, view: View): string[] {
  const { text } = body ?? {};
  if (text === undefined || text === "") return [];
  const margins = { first: 0, rest: 0, keepBlanks: true };
  const whole = text.endsWith("\n") ? text.slice(0, -1) : text;
  return whole.split("\n").flatMap((line) => layOut([escapeText(line)], view, margins));
}
