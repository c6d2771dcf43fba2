/**
 * Reports that a TLS 1.2 server asked to renegotiate, as some do before they ask for a client certificate.
 *
 * @module
 */

import type { ProbeError } from "../../result.ts";
import type { Connection } from "../connection.ts";

/** Sentence that a message adds after the event. */
export const ASKED_TO_RENEGOTIATE =
  "before that the server asked to renegotiate TLS 1.2 (HelloRequest), which this TLS stack cannot do";

/** Adds to an error that the server had asked to renegotiate, which explains why it stopped. */
export function nameRenegotiation(error: ProbeError, { tls }: Pick<Connection, "tls">): ProbeError {
  if (!tls?.askedToRenegotiate || error.by === "local") return error;
  return { ...error, message: `${error.message}; ${ASKED_TO_RENEGOTIATE}` };
}
