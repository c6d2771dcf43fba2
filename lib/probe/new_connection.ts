/**
 * Explains why a connection cannot carry another request.
 *
 * @module
 */

import { formatDuration } from "../text/duration.ts";
import { formatQuantity } from "../text/count.ts";
import { namesPersistence } from "../http/persistence.ts";
import type { NewConnection, ReuseObstacle } from "../result.ts";
import type { Exchange } from "./exchange.ts";
import type { HttpConnection } from "./http_connection.ts";

/**
 * Explains why another request may not be sent over a connection.
 *
 * @param exchange The last exchange on the connection
 */
export function explainNewConnection(
  http: HttpConnection,
  exchange: Pick<Exchange, "response" | "error" | "lastOctetAt">,
): NewConnection {
  const { reader, end, surplusAt } = http;
  const { response, error, lastOctetAt } = exchange;
  const tell = (why: ReuseObstacle, message: string, at?: number): NewConnection => {
    if (at === undefined || lastOctetAt === undefined) return { why, message };
    const after = Math.max(0, at - lastOctetAt);
    return { why, message: `${message} ${formatDuration(after)} after the previous answer`, after };
  };
  if (error) return tell("failed", `the previous exchange failed in phase ${error.phase}`);
  if (reader.state === "switched") return tell("switched", "the connection has left HTTP");
  if (response?.persistent === false) {
    const said = !response.announced.persistent && namesPersistence(response.headers);
    return tell(
      "announced",
      said
        ? "the previous answer announced a close"
        : "no request may follow the previous answer on its connection",
    );
  }
  // Line ends do no harm, but a peer that never stops sending them leaves no moment for a request.
  if (http.holdsExcess || (end === undefined && reader.surplusBytes > 0)) {
    const octets = formatQuantity(reader.surplusBytes, "octet");
    return tell("excess-data", `the server sent ${octets} that no request had asked for,`, surplusAt);
  }
  switch (end?.how) {
    case "fin":
      return tell("fin", "the peer closed the connection (FIN)", end.at);
    case "close-notify":
      return tell("close-notify", "the peer ended TLS (close_notify)", end.at);
    case "rst":
      return tell("rst", "the peer reset the connection (RST)", end.at);
    case "tls-truncated":
      return tell("tls-truncated", "the peer closed the connection without close_notify", end.at);
    case "closed":
    case "error":
    case undefined:
      return tell("closed", "the previous request was not sent to its end, so its connection was closed");
  }
}
