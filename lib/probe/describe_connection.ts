/**
 * Describes how a connection ended, and compares that with the announcement.
 *
 * @module
 */

import { formatDuration } from "../text/duration.ts";
import { inOrder, makeDeviation } from "../http/deviation.ts";
import type { ConnectionEnd, ConnectionFacts, Deviation, ProbeResult } from "../result.ts";
import type { Exchange } from "./exchange.ts";
import type { HttpConnection } from "./http_connection.ts";

/** A connection, and one exchange on it. */
export interface UsedConnection {
  readonly http: HttpConnection;
  readonly exchange: Exchange;
  /** Milliseconds of watching after the response without any event. */
  readonly watched?: number | undefined;
}

/** Describes a connection at the end of its exchange, or at present if no exchange followed. */
export function describeConnection({ http, exchange, watched = 0 }: UsedConnection): ConnectionFacts {
  const { connection, reader } = http;
  const { response, lastOctetAt, requestNumber } = exchange;
  const isLast = requestNumber === http.requests;
  // After another request, an end belongs to that request, unless it prevented the answer to this one.
  const end = isLast || exchange.error ? http.end : undefined;
  const seen: ConnectionEnd = end?.by === "peer"
    ? { by: end.by, how: end.how }
    : { by: "us", how: end ? "closed" : "open" };
  if (end?.fin !== undefined) seen.fin = end.fin;
  if (end?.finAfter !== undefined) seen.finAfter = end.finAfter;
  if (end && lastOctetAt !== undefined) seen.after = Math.max(0, end.at - lastOctetAt);
  if (seen.how === "open" && watched > 0) seen.watched = watched;
  const facts = {
    peer: { ...connection.peer },
    local: { ...connection.local },
    reused: requestNumber > 1,
    requestNumber,
  } as ConnectionFacts;
  if (response) facts.announced = response.announced;
  facts.end = seen;
  facts.surplusBytes = isLast ? reader.surplusBytes : 0;
  return facts;
}

/** Checks RFC 9112 §9.6: a server says `close` before it closes, and closes after it has said so. */
export function findLie(
  { http, exchange, watched = 0 }: UsedConnection,
  { end }: ConnectionFacts,
): Deviation | undefined {
  const { response, error } = exchange;
  if (!response || error || response.persistent === undefined) return undefined;
  // The offset after the last octet that came.
  const { offset } = http.reader;
  if (response.announced.persistent && end.by === "peer") {
    const how = end.how === "rst" ? "reset the connection" : "closed the connection";
    return makeDeviation("connection-lie", offset, `The server ${how} without having announced it`);
  }
  if (!response.announced.persistent && watched > 0 && end.by !== "peer") {
    return makeDeviation(
      "connection-lie",
      offset,
      `The server announced a close and stayed open for ${formatDuration(watched)}`,
    );
  }
  return undefined;
}

/**
 * Updates the result of the last exchange on a connection with the end of the connection and unrequested octets.
 */
export function addAftermath(result: ProbeResult, used: UsedConnection): void {
  const lie = result.deviations.filter(({ code }) => code === "connection-lie");
  result.connection = describeConnection(used);
  result.deviations = inOrder([...used.http.deviationsOf(used.exchange), ...lie]);
}
