/**
 * The part of a result that tells how its connection lived, and whether that was announced.
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
  /** Milliseconds for which the connection was watched after the response, and nothing happened. */
  readonly watched?: number | undefined;
}

/** Describes a connection as it was when the exchange on it was over, or is now if none followed. */
export function describeConnection({ http, exchange }: UsedConnection): ConnectionFacts {
  const { connection, reader } = http;
  const { response, lastOctetAt, requestNumber } = exchange;
  const isLast = requestNumber === http.requests;
  // After another request, an end belongs to that one, unless it kept this one from being answered.
  const end = isLast || exchange.error ? http.end : undefined;
  const seen: ConnectionEnd = end?.by === "peer"
    ? { by: end.by, how: end.how }
    : { by: "us", how: end ? "closed" : "open" };
  if (end?.fin !== undefined) seen.fin = end.fin;
  if (end?.finAfter !== undefined) seen.finAfter = end.finAfter;
  if (end && lastOctetAt !== undefined) seen.after = Math.max(0, end.at - lastOctetAt);
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

/** RFC 9112 §9.6: a server says `close` before it closes, and closes once it has said so. */
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
 * Brings the result of the last exchange on a connection up to date: with the end of the connection, and octets that no
 * request had asked for.
 */
export function addAftermath(result: ProbeResult, used: UsedConnection): void {
  const lie = result.deviations.filter(({ code }) => code === "connection-lie");
  result.connection = describeConnection(used);
  result.deviations = inOrder([...used.http.deviationsOf(used.exchange), ...lie]);
}
