/**
 * Keys and trusted authorities in the form that TLS takes, made once for all connections that use the same.
 *
 * @module
 */

import { createSecureContext, type SecureContext } from "node:tls";
import type { TlsRequest } from "./tls_request.ts";

/** A run uses one or two; more come from a list with a client certificate for each target. */
const MOST_KEPT = 16;

const kept = new Map<string, SecureContext>();

/**
 * The context for a request.
 *
 * @throws {TypeError} If a certificate or the key is no PEM text, or only one of `cert` and `key` is given.
 */
export function secureContextOf({ caCerts, cert, key }: TlsRequest): SecureContext {
  const id = caCerts === undefined && cert === undefined ? "" : JSON.stringify([caCerts, cert, key]);
  const known = kept.get(id);
  if (known !== undefined) return known;
  if ((cert === undefined) !== (key === undefined)) {
    throw new TypeError(
      `Cannot use the client certificate: its ${cert === undefined ? "certificate" : "key"} is missing`,
    );
  }
  let context: SecureContext;
  try {
    context = createSecureContext({
      ...(caCerts && { ca: [...caCerts] }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TypeError(`Cannot use the certificates given for TLS: ${why}`, { cause: error });
  }
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
  kept.set(id, context);
  return context;
}
