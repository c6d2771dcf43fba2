/**
 * The text view of a message.
 *
 * @module
 */

import type { ProbeResult } from "../../../result.ts";
import { escapeOctets, escapeText } from "../../../text/escape/text.ts";
import { formatCount, formatQuantity } from "../../../text/count.ts";
import { layOut, layOutFacts, type View } from "../../../text/layout.ts";
import { namesPersistence } from "../../../http/persistence.ts";
import { layOutBody, layOutContent } from "../../../report/text/body.ts";
import { isSurplus } from "../../../report/text/connection.ts";
import { layOutDeviations } from "../../../report/text/deviations.ts";
import { layOutFields, layOutHead } from "../../../report/text/head.ts";
import type { ParsedMessage } from "./message.ts";
import { withoutUndefined } from "../../../without_undefined.ts";

/** Formats one message as lines joined by LF. */
export function formatParsed(message: ParsedMessage, view: View, options: { body?: boolean } = {}): string {
  const { error, deviations, announced, surplusBytes = 0 } = message;
  const result = toResult(message);
  const paragraphs = [
    [
      ...layOut([["heading", titleOf(message)]], view),
      ...(error
        ? layOut([["bad", `FAILED: ${error.kind}`], ` at octet ${formatCount(error.offset)}`], view)
        : []),
      ...(error ? layOut([error.message], view, { first: 2, rest: 2 }) : []),
    ],
    (message.interim ?? []).flatMap((interim) => [
      ...layOut([["dim", `interim response at octet ${formatCount(interim.offset)}`]], view),
      ...layOutHead({ ...result, ...interim, interim: [] }, view),
    ]),
    message.type === "request" ? layOutRequestHead(message, view) : layOutHead(result, view),
    options.body ? layOutContent(result, view) : [],
    [
      // Most requests have no body, so its absence is not worth a line.
      ...(message.type === "request" && message.body?.framing === "none"
        ? []
        : layOutBody(result, view, { open: error === undefined })),
      ...layOutFacts("connection", announced ? [[describeAnnounced(announced, message)]] : [], view),
      ...layOutFacts(
        "surplus",
        surplusBytes > 0 && !deviations.some(isSurplus)
          ? [[["warning", `${formatQuantity(surplusBytes, "octet")} ${describeSurplus(message)}`]]]
          : [],
        view,
      ),
    ],
    layOutDeviations({ ...result, surplusBytes: message.type === "response" ? surplusBytes : 0 }, view),
  ];
  return paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
}

function describeSurplus({ type }: ParsedMessage): string {
  return type === "response" ? "after the last response" : "of another protocol after the last request";
}

function titleOf({ type, index, connection, offset, method }: ParsedMessage): string {
  const where = connection === undefined ? "" : ` on connection ${connection}`;
  const answer = type === "response" && method !== undefined ? `, the answer to ${method}` : "";
  return `${type} ${index}${where} at octet ${formatCount(offset)}${answer}`;
}

function layOutRequestHead({ method, target, version, headers = [] }: ParsedMessage, view: View): string[] {
  if (method === undefined) return [];
  const rest = ` ${escapeOctets(target ?? "")} HTTP/${escapeText(version ?? "")}`;
  return [...layOut([["heading", method], rest], view), ...layOutFields(headers, view)];
}

function describeAnnounced(
  announced: NonNullable<ParsedMessage["announced"]>,
  { headers = [], version, body }: ParsedMessage,
): string {
  const { persistent, timeout, max } = announced;
  if (!namesPersistence(headers)) {
    if (body?.framing === "until-close") return "ends with the body";
    return `${persistent ? "stays open" : "closes"}, the default of HTTP/${escapeText(version ?? "1.1")}`;
  }
  return [
    persistent ? "announced to stay open" : "announced to close",
    timeout === undefined ? "" : `, idle timeout ${formatQuantity(timeout, "second")}`,
    max === undefined ? "" : `, at most ${formatQuantity(max, "more request")}`,
  ].join("");
}

/** Gives the parts of a result that the layout functions use. */
function toResult(message: ParsedMessage): ProbeResult {
  const { input, ok, error, status, reason, version, headers, body, deviations, method = "GET" } = message;
  return withoutUndefined({
    schema: 1,
    input,
    url: "",
    method,
    startedAt: "",
    ok,
    // Layout reads the kind and the message only.
    error: error && { ...error, by: "target" as const },
    status,
    reason,
    version,
    headers,
    body,
    interim: [],
    deviations,
    timings: { total: 0 },
    redirects: [],
    checks: [],
  });
}
