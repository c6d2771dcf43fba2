/**
 * Lays out the request, the server, and the addresses that sonde tried.
 *
 * @module
 */

import type { Endpoint, ProbeResult } from "../../result.ts";
import { escapeText } from "../../text/escape/text.ts";
import { formatDuration } from "../../text/duration.ts";
import { columnsOf } from "../../text/columns.ts";
import { layOut, layOutFacts, type Span, type View } from "../../text/layout.ts";
import { shortenMessage } from "./error.ts";
import { describeUnfinished } from "./upload.ts";

/** Formats an endpoint: `192.0.2.1:80`, `[2001:db8::1]:80`, or the path of a Unix socket. */
export function formatEndpoint({ address, port }: Endpoint): string {
  const text = escapeText(address);
  if (port === 0) return text;
  return text.includes(":") ? `[${text}]:${port}` : `${text}:${port}`;
}

/** Gives host and port of a URL with the default port of its scheme: `127.0.0.1:80`. */
function authorityOf(url: string): string {
  const [, scheme, authority = ""] = /^([a-z]+):\/\/([^/?#]*)/.exec(url) ?? [];
  return /:\d+$/.test(authority) ? authority : `${authority}:${scheme === "https" ? 443 : 80}`;
}

/** Names the peer of a connection, if there is one and the URL does not name it. */
export function namePeer({ url, connection }: Pick<ProbeResult, "url" | "connection">): string | undefined {
  const peer = connection && formatEndpoint(connection.peer);
  return peer === authorityOf(url) ? undefined : peer;
}

/** Lays out method and URL, which stays whole, and the peer if the URL does not name it. */
function layOutTarget(result: ProbeResult, view: View): string[] {
  const { method, url } = result;
  const spans: Span[] = [["heading", escapeText(method)], " ", ["heading", escapeText(url)]];
  const peer = namePeer(result);
  if (peer === undefined) return layOut(spans, view);
  const fits = columnsOf(`${escapeText(method)} ${escapeText(url)} at ${peer}`) <= view.width;
  if (fits) return layOut([...spans, ["dim", ` at ${peer}`]], view);
  return [...layOut(spans, view), ...layOut([["dim", `at ${peer}`]], view, { first: 2, rest: 2 })];
}

/** Lays out the addresses that sonde tried, unless the only one is the one of the error. */
function layOutTries({ tries = [], error: last }: ProbeResult, view: View): string[] {
  if (tries.length === 1 && tries[0]?.error?.message === last?.message) return [];
  const tried = tries.map(({ address, port, ms, error }): Span[] => {
    const endpoint = formatEndpoint({ address, port });
    const cause = error === undefined || error.message === last?.message
      ? ""
      : `: ${error.message.replace(`Cannot connect to ${endpoint}: `, "")}`;
    return [
      `${endpoint} `,
      error === undefined ? ["good", "connected"] : ["warning", error.kind],
      ` after ${formatDuration(ms)}`,
      ["dim", cause],
    ];
  });
  return layOutFacts("tried", tried, view);
}

/** Lays out the failed attempts before this one. The error below says the cause of an attempt that failed in the same way. */
function layOutAttempts({ attempts = [], method, url, error: last }: ProbeResult, view: View): string[] {
  const earlier = attempts.map(({ error, total, url: other }, index): Span[] => {
    const message = shortenMessage(error.message, { method, url: other ?? url });
    return [
      `${index + 1}. ${other === undefined ? "" : `${escapeText(other)}: `}`,
      ["warning", error.kind],
      ` after ${formatDuration(total)}`,
      ["dim", error.message === last?.message ? "" : `: ${message}`],
    ];
  });
  return layOutFacts("attempts", earlier, view);
}

/** Lays out what the server did while sonde was listening before the request. */
function layOutListened({ timings, connection, deviations, error }: ProbeResult, view: View): string[] {
  if (timings.listen === undefined) return [];
  const before: Span = `for ${formatDuration(timings.listen)} before the request: `;
  if (connection?.requestNumber !== 0) return layOutFacts("listened", [[before, "nothing came"]], view);
  const { excerpt } = deviations.find(({ code }) => code === "excess-data") ?? {};
  // The error says how many octets came, or how the connection ended.
  if (excerpt === undefined) {
    return error === undefined ? [] : layOutFacts("listened", [[before, "see the error"]], view);
  }
  return layOutFacts("listened", [[before, ["warning", excerpt]]], view);
}

/**
 * Lays out the request: method, URL and peer, the input if it differs, every address that sonde tried, and what came before
 * the request.
 */
export function layOutRequest(result: ProbeResult, view: View): string[] {
  const lines = layOutTarget(result, view);
  // Only the first hop has an input, and a bare host is already part of the URL.
  if (result.redirects.length === 0 && !result.url.includes(result.input)) {
    lines.push(...layOutFacts("asked for", [[escapeText(result.input)]], view));
  }
  lines.push(...layOutTries(result, view), ...layOutAttempts(result, view), ...layOutListened(result, view));
  // An error says that nothing was sent.
  const isUnsent = result.error !== undefined && result.request?.sentBytes === 0;
  const unfinished = isUnsent ? undefined : describeUnfinished(result);
  if (unfinished !== undefined) lines.push(...layOutFacts("upload", [[["warning", unfinished]]], view));
  return lines;
}
