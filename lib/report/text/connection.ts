/**
 * Lays out the life of a connection: who ended it, how, and whether that agrees with the announcement in the
 * head.
 *
 * @module
 */

import type { AnnouncedPersistence, ConnectionEnd, ConnectionFacts, ProbeResult } from "../../result.ts";
import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { layOutFacts, type Span, type View } from "../../text/layout.ts";
import { formatEndpoint } from "./request.ts";

/**
 * Servers look for idle connections only now and then, so a close that is early by this much still keeps the
 * promise.
 */
const TIMEOUT_TOLERANCE_MS = 1000;

function describeEnd({ by, how, fin, finAfter, after }: ConnectionEnd): Span[] {
  const when = after === undefined ? "" : ` ${formatDuration(after)} after the response`;
  switch (how) {
    case "open":
      return [["good", "kept open"], after === undefined ? "" : `, still open${when}`];
    case "closed":
      return [by === "us" ? `closed by us${when}` : `closed by the peer${when}`];
    case "fin":
      return [by === "us" ? "ended by us with FIN" : "closed by the peer with FIN", when];
    case "close-notify":
      return [
        `ended by the peer with close_notify${when}`,
        fin === undefined ? "" : fin ? `, FIN ${later(finAfter)}` : ", no FIN seen",
      ];
    case "rst":
      return [by === "us" ? "reset by us" : ["warning", "reset by the peer (RST)"], when];
    case "tls-truncated":
      return [["warning", "ended by the peer without close_notify"], when];
  }
}

function later(finAfter: number | undefined): string {
  return finAfter === undefined ? "seen" : `${formatDuration(finAfter)} later`;
}

function describeAnnounced(announced: AnnouncedPersistence | undefined): string {
  if (announced === undefined) return " (nothing announced: no head was read)";
  const { persistent, timeout, max } = announced;
  const limits = [
    timeout === undefined ? "" : `, idle timeout ${formatQuantity(timeout, "second")}`,
    max === undefined ? "" : `, at most ${formatQuantity(max, "more request")}`,
  ].join("");
  return ` (announced: ${persistent ? "stays open" : "will close"}${limits})`;
}

/** Describes a contradiction between the announcement and the end of a connection; `undefined` if they agree. */
export function describeDisagreement({ announced, end }: ConnectionFacts): string | undefined {
  if (announced === undefined) return undefined;
  const { persistent, timeout, max } = announced;
  if (!persistent) {
    return end.how === "open" ? "the server promised to close, but left the connection open" : undefined;
  }
  if (end.by === "us" || end.how === "open") return undefined;
  // If the server promised no time, it may close a connection that was idle for a while.
  const promised = timeout === undefined ? 2 * TIMEOUT_TOLERANCE_MS : timeout * 1000;
  const early = (end.after ?? 0) < promised - TIMEOUT_TOLERANCE_MS;
  if (!early || max === 0) return undefined;
  const after = end.after === undefined ? "" : ` after ${formatDuration(end.after)}`;
  const promise = timeout === undefined
    ? "the server promised keep-alive"
    : `the server promised ${formatQuantity(timeout, "second")} of keep-alive`;
  return `${promise}, then closed${after}`;
}

/**
 * Lays out the connection, and the reason why it replaced another one. Gives no lines if there is no
 * connection.
 */
export function layOutConnection({ connection, newConnection }: ProbeResult, view: View): string[] {
  const replaced: Span[][] = newConnection === undefined
    ? []
    : [[["warning", `a new connection was needed: ${newConnection.message}`]]];
  if (connection === undefined) return layOutFacts("connection", replaced, view);
  const { announced, end, reused, requestNumber, surplusBytes, local } = connection;
  const disagreement = describeDisagreement(connection);
  const facts: Span[][] = [
    [...describeEnd(end), ["dim", describeAnnounced(announced)]],
  ];
  if (disagreement !== undefined) facts.push([["warning", `contradiction: ${disagreement}`]]);
  if (surplusBytes > 0) {
    facts.push([["warning", `${formatQuantity(surplusBytes, "octet")} came after the end of the response`]]);
  }
  if (reused || view.verbose) {
    facts.push([reused ? `reused: request ${requestNumber} on this connection` : "new for this request"]);
  }
  facts.push(...replaced);
  if (view.verbose) facts.push([`from ${formatEndpoint(local)}`]);
  return layOutFacts("connection", facts, view);
}
