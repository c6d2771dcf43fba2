/**
 * Lays out the body: framing, size, completeness, trailers, and the content if the caller wants it.
 *
 * @module
 */

import type { BodyFacts, ContentCoding, ProbeResult, UnreadReason } from "../../result.ts";
import { announcedLength, describeUnread } from "../../unread_body.ts";
import { escapeText } from "../../text/escape/text.ts";
import { formatCount, formatQuantity } from "../../text/count.ts";
import { layOut, layOutFacts, type Span, type View } from "../../text/layout.ts";
import { layOutFields } from "./head.ts";

const FRAMINGS: Readonly<Record<BodyFacts["framing"], string>> = {
  "content-length": "Content-Length",
  chunked: "chunked",
  "until-close": "until the connection closes",
  none: "none",
};

/** The reasons why sonde did not read the rest. An answer to HEAD has no rest. */
const UNREAD: Readonly<Record<Exclude<UnreadReason, "head">, Span>> = {
  truncated: ["bad", "TRUNCATED"],
  limit: ["warning", "the rest not read: it exceeds a limit"],
  deadline: ["warning", "the rest not read: time was up"],
  stopped: ["warning", "the rest not read: sonde stopped"],
  unreadable: ["bad", "the rest not read: it breaks the rules of its framing"],
  local: ["warning", "the rest not read: this machine failed"],
};

function sizeSpans(result: ProbeResult, body: BodyFacts, open: boolean): Span[] {
  const { framing, bytes, wireBytes, chunks, complete } = body;
  const { unread, unreadBytes } = body.unread === undefined ? describeUnread({ ...result, body }) : body;
  if (framing === "none" && bytes === 0) return [sayNone(unread, unreadBytes)];
  // The error says why the rest is missing, and often how much came.
  const said = complete ? "" : result.error?.message ?? "";
  const parts = [
    ...(chunks === undefined ? [] : [formatQuantity(chunks, "chunk")]),
    describeSize(result, body),
  ].filter((part) => !said.includes(part));
  const spans: Span[] = [[FRAMINGS[framing], ...parts].join(", ")];
  if (wireBytes !== bytes) spans.push(["dim", ` (${formatCount(wireBytes)} on the wire)`]);
  spans.push(", ");
  if (said !== "") spans.push(["warning", "not complete"]);
  else if (unread !== undefined && unread !== "head") spans.push(UNREAD[unread]);
  else spans.push(complete ? ["good", "complete"] : open ? "not complete yet" : ["warning", "not complete"]);
  return spans;
}

/** Describes the size: of incomplete content beside the announced one. */
function describeSize({ headers = [] }: ProbeResult, { framing, bytes, complete }: BodyFacts): string {
  const expected = framing === "content-length" && !complete ? announcedLength(headers) : undefined;
  return Number.isSafeInteger(expected) && expected !== undefined && expected >= bytes
    ? `${formatCount(bytes)} of ${formatQuantity(expected, "octet")}`
    : formatQuantity(bytes, "octet");
}

/** Describes the codings as the fields name them, and the outcome of decoding. */
function codingSpans({ names, transfer = [], decodedBytes, error }: ContentCoding): Span[] {
  const spans: Span[] = [escapeText([...names, ...transfer].join(", "))];
  if (error !== undefined) spans.push(", ", ["bad", "NOT DECODED"], `: ${escapeText(error)}`);
  else if (decodedBytes !== undefined) spans.push(`, ${formatQuantity(decodedBytes, "octet")} decoded`);
  return spans;
}

function sayNone(unread: UnreadReason | undefined, unreadBytes: number | undefined): string {
  if (unread !== "head") return "none: this response has no body";
  const size = unreadBytes === undefined ? "" : `, which announces ${formatQuantity(unreadBytes, "octet")}`;
  return `none: HEAD asks for the head only${size}`;
}

/**
 * Lays out the body; gives no lines if no head was read.
 *
 * @param options `open`: more of it may come
 */
export function layOutBody(
  result: ProbeResult,
  view: View,
  options: { open?: boolean } = {},
): string[] {
  const { open = false } = options;
  const { body } = result;
  if (body === undefined) return [];
  const { sha256, trailers, coding } = body;
  return [
    ...layOutFacts("body", [sizeSpans(result, body, open)], view),
    ...layOutFacts("coding", coding === undefined ? [] : [codingSpans(coding)], view),
    ...layOutFacts("sha256", sha256 === undefined ? [] : [[escapeText(sha256)]], view),
    ...layOutFacts("trailers", trailers.length === 0 ? [] : [[formatCount(trailers.length)]], view),
    ...layOutFields(trailers, view, 2),
  ];
}

/** Lays out the content: it keeps line feeds, and escapes everything else that a terminal acts upon. */
export function layOutContent({ body }: ProbeResult, view: View): string[] {
  const { text } = body ?? {};
  if (text === undefined || text === "") return [];
  const margins = { first: 0, rest: 0, keepBlanks: true };
  const whole = text.endsWith("\n") ? text.slice(0, -1) : text;
  return whole.split("\n").flatMap((line) => layOut([escapeText(line)], view, margins));
}
