/**
 * Lays out the life of a connection: the announcement in the head, and the end that came.
 *
 * @module
 */

import type { FieldLine } from "../../http/field_line.ts";
import { namesPersistence } from "../../http/persistence.ts";
import type {
  AnnouncedPersistence,
  BodyFacts,
  ConnectionEnd,
  ConnectionFacts,
  ProbeResult,
} from "../../result.ts";
import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { escapeText } from "../../text/escape/text.ts";
import { layOutFacts, type Span, type View } from "../../text/layout.ts";
import { formatEndpoint } from "./request.ts";

/**
 * Servers look for idle connections only now and then, so a close that is early by this much still keeps the
 * promise.
 */
const TIMEOUT_TOLERANCE_MS = 1000;

/** Describes the end of a connection whose exchange was complete. */
function describeEnd({ by, how, fin, finAfter, after, watched }: ConnectionEnd): Span[] {
  const when = after === undefined ? "" : ` ${formatDuration(after)} after the response`;
  switch (how) {
    case "open": {
      const time = watched ?? after;
      return time === undefined
        ? [["good", "still open"], " after the response"]
        : [["good", "kept open"], ` for the ${formatDuration(time)} that sonde watched`];
    }
    case "closed":
      return [by === "us" ? `closed by sonde${when}` : `closed by the peer${when}`];
    case "fin":
      return [by === "us" ? "ended by sonde with FIN" : "closed by the peer with FIN", when];
    case "close-notify":
      return [
        `ended by the peer with close_notify${when}`,
        fin === undefined ? "" : fin ? `, FIN ${later(finAfter)}` : ", no FIN seen",
      ];
    case "rst":
      return [by === "us" ? "reset by sonde" : ["warning", "reset by the peer (RST)"], when];
    case "tls-truncated":
      return [["warning", "ended by the peer without close_notify"], when];
  }
}

function later(finAfter: number | undefined): string {
  return finAfter === undefined ? "seen" : `${formatDuration(finAfter)} later`;
}

/** Describes what the error does not say: the signal that ended the connection, and the time. */
function describeFailedEnd({ by, how, fin, finAfter, after }: ConnectionEnd): string | undefined {
  const actor = by === "us" ? "sonde" : "the peer";
  const when = after === undefined ? "" : ` ${formatDuration(after)} after the last octet`;
  switch (how) {
    case "open":
      return "kept open";
    case "closed":
      return when === "" ? undefined : `closed by sonde${when}`;
    case "fin":
      return `closed by ${actor} with FIN${when}`;
    case "close-notify":
      return `ended by ${actor} with close_notify${when}${
        fin === undefined ? "" : fin ? `, FIN ${later(finAfter)}` : ", no FIN seen"
      }`;
    case "rst":
      return when === "" ? undefined : `reset by ${actor} (RST)${when}`;
    case "tls-truncated":
      return `ended by ${actor} without close_notify${when}`;
  }
}

function describeLimits({ timeout, max }: AnnouncedPersistence): string {
  const limits = [
    timeout === undefined ? [] : [`idle timeout ${formatQuantity(timeout, "second")}`],
    max === undefined ? [] : [`at most ${formatQuantity(max, "more request")}`],
  ].flat();
  return limits.length === 0 ? "" : `: ${limits.join(", ")}`;
}

/** The parts of a result that tell what was announced, and by what. */
export interface Announcement {
  readonly headers?: readonly FieldLine[] | undefined;
  readonly version?: string | undefined;
  readonly body?: Pick<BodyFacts, "framing"> | undefined;
}

/** Tells whether a head leaves the connection to the default of its HTTP version. */
function leavesDefault({ timeout, max }: AnnouncedPersistence, { headers }: Announcement): boolean {
  return headers !== undefined && timeout === undefined && max === undefined && !namesPersistence(headers);
}

/** Describes the announcement, as a part of the sentence about the end. */
function describeAnnounced(connection: ConnectionFacts, head: Announcement): Span {
  const { announced, end } = connection;
  if (announced === undefined) return "";
  const { persistent } = announced;
  const isKept = persistent ? end.how === "open" : end.by === "peer";
  const disagrees = describeDisagreement(connection) !== undefined;
  if (leavesDefault(announced, head)) {
    if (disagrees) {
      return ["warning", `, although the head did not announce ${persistent ? "it" : "keep-alive"}`];
    }
    if (!isKept) return "";
    if (head.body?.framing === "until-close") return ["dim", ", which ends the body"];
    return ["dim", `, the default of HTTP/${escapeText(head.version ?? "1.1")}`];
  }
  const promise = `${persistent ? "keep-alive" : "a close"}${describeLimits(announced)}`;
  if (disagrees) return ["warning", `, although the head announced ${promise}`];
  return ["dim", isKept ? `, as announced${describeLimits(announced)}` : ` (the head announced ${promise})`];
}

/**
 * Describes a contradiction between the announcement and the end of a connection; `undefined` if they agree.
 *
 * @param head The head of the answer: without it, the head itself is taken to have made the announcement
 */
export function describeDisagreement(
  { announced, end }: ConnectionFacts,
  head: Announcement = {},
): string | undefined {
  if (announced === undefined) return undefined;
  const { persistent, timeout, max } = announced;
  if (!persistent) {
    if (end.how !== "open") return undefined;
    return leavesDefault(announced, head)
      ? "the server left the connection open without announcing keep-alive"
      : "the server promised to close, but left the connection open";
  }
  if (end.by === "us" || end.how === "open") return undefined;
  // If the server promised no time, it may close a connection that was idle for a while.
  const promised = timeout === undefined ? 2 * TIMEOUT_TOLERANCE_MS : timeout * 1000;
  const early = (end.after ?? 0) < promised - TIMEOUT_TOLERANCE_MS;
  if (!early || max === 0) return undefined;
  const after = end.after === undefined ? "" : ` after ${formatDuration(end.after)}`;
  if (leavesDefault(announced, head)) return `the server closed${after} without announcing it`;
  const promise = timeout === undefined
    ? "the server promised keep-alive"
    : `the server promised ${formatQuantity(timeout, "second")} of keep-alive`;
  return `${promise}, then closed${after}`;
}

/** Lays out the end of a connection. An error above says already that the connection ended, and what was missing. */
function describeLife(
  connection: ConnectionFacts,
  { failed, head }: { readonly failed: boolean; readonly head: Announcement },
): Span[][] {
  if (!failed) return [[...describeEnd(connection.end), describeAnnounced(connection, head)]];
  const end = describeFailedEnd(connection.end);
  return end === undefined ? [] : [[end]];
}

/**
 * Lays out the connection, and the reason why it replaced another one. Gives no lines if there is no
 * connection.
 */
export function layOutConnection(result: ProbeResult, view: View): string[] {
  const { connection, newConnection, error, deviations } = result;
  const replaced: Span[][] = newConnection === undefined
    ? []
    : [[["warning", `a new connection was needed: ${newConnection.message}`]]];
  if (connection === undefined) return layOutFacts("connection", replaced, view);
  const { reused, requestNumber, surplusBytes, local } = connection;
  // An exchange that failed although its answer was complete, as a redirect that cannot be followed, is no failure of the
  // connection.
  const failed = error !== undefined && error.kind !== "redirect";
  const facts = describeLife(connection, { failed, head: result });
  if (surplusBytes > 0 && !deviations.some(isSurplus)) {
    facts.push([["warning", `${formatQuantity(surplusBytes, "octet")} came after the end of the response`]]);
  }
  if (reused || view.verbose) {
    facts.push([reused ? `reused: request ${requestNumber} on this connection` : "new for this request"]);
  }
  facts.push(...replaced);
  if (view.verbose) facts.push([`from ${formatEndpoint(local)}`]);
  return layOutFacts("connection", facts, view);
}

/** Tells whether a deviation is about octets after the end of the response. */
export function isSurplus({ code }: { readonly code: string }): boolean {
  return code === "excess-data" || code === "excess-crlf" || code === "data-after-close";
}
