/**
 * The fallback of a bare host from https to plain HTTP.
 *
 * @module
 */

import { ERROR_KINDS } from "../error_kind.ts";
import { ipFamily } from "../net/ip_address.ts";
import type { ProbeError, ProbeResult } from "../result.ts";
import type { SettledTarget } from "../target/target.ts";
import { composeRequest } from "./compose_request.ts";
import { maskCredentials } from "./mask_credentials.ts";
import type { ReachOptions, RequestOptions } from "./options.ts";

/**
 * Tells whether to continue with http after this result over https. A refused certificate is an answer, and so is a
 * head; a server that sent an alert or any other TLS record speaks TLS on this port.
 */
export function mayBePlain({ error, status, tls, redirects }: ProbeResult): boolean {
  return error !== undefined && ERROR_KINDS[error.kind].plainMayAnswer && !error.speaksTls &&
    status === undefined && tls === undefined && redirects.length === 0;
}

/**
 * Keeps credentials from a connection without encryption that the user did not ask for.
 *
 * @param error The error over https.
 * @param target The same host over http.
 * @returns The error that ends the probe, or `undefined` if the request may be sent over http.
 */
export function keepCredentials(
  error: ProbeError,
  target: SettledTarget,
  options: RequestOptions & ReachOptions,
): ProbeError | undefined {
  if (!keepsCredentials(target, options)) return undefined;
  const advice = "sonde sends credentials over http only if the URL begins with http://";
  return { ...error, message: `${error.message}; ${advice}` };
}

/**
 * Tells whether a bare host must not be tried over http, because the request has credentials: somebody who blocks https
 * could read them. They may go to this machine itself.
 *
 * @param target The host over http.
 */
export function keepsCredentials(target: SettledTarget, options: RequestOptions & ReachOptions): boolean {
  if (options.unixSocket !== undefined || isThisMachine(target.host)) return false;
  const { bytes } = composeRequest(target, options);
  return maskCredentials(bytes) !== bytes;
}

function isThisMachine(host: string): boolean {
  return /^(?:.+\.)?localhost\.?$/i.test(host) || host === "::1" ||
    (ipFamily(host) === 4 && host.startsWith("127."));
}
