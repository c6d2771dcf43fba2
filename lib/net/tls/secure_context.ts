/**
 * Prepares keys and trusted authorities for TLS, once for all connections that use the same ones.
 *
 * @module
 */

import { createSecureContext, type SecureContext } from "node:tls";
import { readAuthorities, readClient } from "../certificate/read_credentials.ts";
import type { TlsRequest } from "./tls_request.ts";

/** Maximum contexts to cache. A run uses one or two; a list with a client certificate for each target uses more. */
const MOST_KEPT = 16;

const kept = new Map<string, SecureContext>();

/**
 * Gives the context for a request.
 *
 * @throws {TypeError} If a certificate or the key cannot be read, they do not match, or one of the two is missing.
 * `node:tls` would accept them, and then the handshake would fail or omit them.
 */
export function secureContextOf(
  { caCerts, cert, key }: Pick<TlsRequest, "caCerts" | "cert" | "key">,
): SecureContext {
  const id = caCerts === undefined && cert === undefined && key === undefined
    ? ""
    : JSON.stringify([caCerts, cert, key]);
  const known = kept.get(id);
  if (known !== undefined) return known;
  const authorities = caCerts?.flatMap(readAuthorities);
  const client = cert === undefined && key === undefined ? {} : readClient(cert, key);
  const context = createSecureContext({ ca: authorities, ...client });
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
  kept.set(id, context);
  return context;
}
