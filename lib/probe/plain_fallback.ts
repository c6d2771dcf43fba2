/**
 * Whether a bare host that did not answer over https may still speak plain HTTP.
 *
 * @module
 */

import type { ErrorKind, ProbeResult } from "../result.ts";

/**
 * Failures of https that leave it open. A certificate that is refused is an answer, and so is a head; a server that sent
 * an alert or any other record of TLS speaks TLS on this port, whatever it makes of plain HTTP.
 */
const PERHAPS_PLAIN: ReadonlySet<ErrorKind> = new Set([
  "refused",
  "unreachable",
  "timeout",
  "reset",
  "closed",
  "tls",
]);

/** Whether to go on with http after this result over https. */
export function mayBePlain({ error, status, tls, redirects }: ProbeResult): boolean {
  return error !== undefined && PERHAPS_PLAIN.has(error.kind) && !error.speaksTls && status === undefined &&
    tls === undefined && redirects.length === 0;
}
