/**
 * Refuses the first request if the server spoke first.
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import { isForeign, nameForeignProtocol, RECOGNISED_OCTETS } from "../http/foreign_protocol.ts";
import { classifyError } from "../net/errors/classify_error.ts";
import type { Connection } from "../net/connection.ts";
import type { StreamEnd } from "../net/stream_end.ts";
import type { ResponseReader } from "../http/response_reader.ts";
import { nameRenegotiation } from "../net/tls/renegotiation.ts";
import type { ProbeError } from "../result.ts";
import type { ComposedRequest } from "./compose_request.ts";
import type { Exchange } from "./exchange.ts";

/** A connection over which nothing was sent. */
export interface UnusedConnection {
  readonly reader: ResponseReader;
  readonly end: StreamEnd | undefined;
  readonly connection: Pick<Connection, "tls">;
}

/**
 * Makes the exchange of a request that is not sent, because the server sent octets or ended the connection before it:
 * an answer could not be told from the rest of those octets (RFC 9112 §9.2).
 *
 * @param label The request in messages: `GET http://example.org/`
 */
export function refuseExchange(unused: UnusedConnection, request: ComposedRequest, label: string): Exchange {
  const refused = refuse(unused, request, label);
  return { ...refused, error: nameRenegotiation(refused.error, unused.connection) };
}

function refuse(
  { reader, end }: UnusedConnection,
  { bytes }: ComposedRequest,
  label: string,
): Exchange & { error: ProbeError } {
  const fail = (kind: ProbeError["kind"], cause: string): ProbeError => ({
    kind,
    phase: "wait",
    by: kind === "aborted" ? "local" : "target",
    message: `Cannot send ${label}: ${cause}`,
  });
  const deviations = reader.deviations;
  const request = { bytes: bytes.length, sentBytes: 0, complete: false };
  const exchange = { requestNumber: 0, request, interim: [], deviations, startedAt: performance.now() };
  const early = deviations.find(({ code }) => code === "excess-data");
  if (early) {
    const text = early.excerpt ?? "";
    const beginning = text.slice(0, RECOGNISED_OCTETS);
    const name = isForeign(beginning, true) ? nameForeignProtocol(beginning) : "a response to no request";
    const octets = formatQuantity(reader.surplusBytes, "octet");
    const cause = `the server sent ${octets} before it; this looks like ${name}`;
    return { ...exchange, error: fail("syntax", cause) };
  }
  switch (end?.how) {
    case "rst":
      return { ...exchange, error: fail("reset", "the peer reset the connection before it") };
    case "error":
      return { ...exchange, error: classifyError(end.error, "wait", `send ${label}`) };
    case "closed":
    case undefined:
      return { ...exchange, error: fail("aborted", "sonde closed the connection") };
    case "fin":
    case "close-notify":
    case "tls-truncated":
      return { ...exchange, error: fail("closed", "the peer closed the connection before it") };
  }
}
