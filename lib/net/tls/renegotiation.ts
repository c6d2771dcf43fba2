/**
 * Names the request of a TLS 1.2 server to renegotiate, which some make before they ask for a client certificate.
 *
 * @module
 */

import type { ProbeError } from "../../result.ts";
import type { Connection } from "../connection.ts";

/** For people: stands behind what happened afterwards. */
export const ASKED_TO_RENEGOTIATE =
  "before that the server asked to renegotiate TLS 1.2 (HelloRequest), which this TLS stack cannot do";

/** Says in an error that the server had asked to renegotiate, if it had: that is why it did not go on. */
export function nameRenegotiation(error: ProbeError, { tls }: Pick<Connection, "tls">): ProbeError {
  if (!tls?.askedToRenegotiate || error.by === "local") return error;
  return { ...error, message: `${error.message}; ${ASKED_TO_RENEGOTIATE}` };
}
