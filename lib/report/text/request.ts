/**
 * Lays out the request, the server, and the addresses that sonde tried.
 *
 * @module
 */

import type { Endpoint, ProbeResult } from "../../result.ts";
import { escapeText } from "../../text/escape/text.ts";
import { formatDuration } from "../../text/duration.ts";
import { layOut, layOutFacts, type Span, type View } from "../../text/layout.ts";
import { describeUnfinished } from "./upload.ts";

/** Formats an endpoint: `192.0.2.1:80`, `[2001:db8::1]:80`, or the path of a Unix socket. */
export function formatEndpoint({ address, port }: Endpoint): string {
  const text = escapeText(address);
  if (port === 0) return text;
  return text.includes(":") ? `[${text}]:${port}` : `${text}:${port}`;
}

/**
 * Lays out the request: method, URL and peer, the input if it differs, and every address that sonde tried.
 */
export function layOutRequest(result: ProbeResult, view: View): string[] {
  const { connection, tries = [], attempts = [] } = result;
  const request: Span[] = [["heading", escapeText(result.method)], " ", ["heading", escapeText(result.url)]];
  if (connection !== undefined) request.push(["dim", ` at ${formatEndpoint(connection.peer)}`]);
  const lines = layOut(request, view);
  // Only the first hop has an input, and a bare host is already part of the URL.
  if (result.redirects.length === 0 && !result.url.includes(result.input)) {
    lines.push(...layOutFacts("asked for", [[escapeText(result.input)]], view));
  }
  const unfinished = describeUnfinished(result);
  if (unfinished !== undefined) lines.push(...layOutFacts("upload", [[["warning", unfinished]]], view));
  const tried = tries.map(({ address, port, ms, error }): Span[] => [
    `${formatEndpoint({ address, port })} `,
    error === undefined ? ["good", "connected"] : ["warning", error.kind],
    ` after ${formatDuration(ms)}`,
    ["dim", error === undefined ? "" : `: ${error.message}`],
  ]);
  lines.push(...layOutFacts("tried", tried, view));
  const earlier = attempts.map(({ error, total, url }, index): Span[] => [
    `${index + 1}. ${url === undefined ? "" : `${escapeText(url)}: `}`,
    ["warning", error.kind],
    ` in ${error.phase} after ${formatDuration(total)}`,
    ["dim", `: ${error.message}`],
  ]);
  lines.push(...layOutFacts("attempts", earlier, view));
  return lines;
}
