/**
 * The fallback of a bare host from https to plain HTTP.
 *
 * @module
 */

import { ERROR_KINDS } from "../error_kind.ts";
import type { ProbeResult } from "../result.ts";

/**
 * Tells whether to continue with http after this result over https. A refused certificate is an answer, and so is a
 * head; a server that sent an alert or any other TLS record speaks TLS on this port.
 */
export function mayBePlain({ error, status, tls, redirects }: ProbeResult): boolean {
  return error !== undefined && ERROR_KINDS[error.kind].plainMayAnswer && !error.speaksTls &&
    status === undefined && tls === undefined && redirects.length === 0;
}
