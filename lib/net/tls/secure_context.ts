/**
 * Prepares keys and trusted authorities for TLS, once for all connections that use the same ones.
 *
 * @module
 */

import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import { PEM_CERTIFICATE } from "../certificate/pem.ts";
import type { TlsRequest } from "./tls_request.ts";

/** Maximum contexts to cache. A run uses one or two; a list with a client certificate for each target uses more. */
const MOST_KEPT = 16;

const PRIVATE_KEY = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^-]*-----END \1PRIVATE KEY-----/;

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
  const authorities = caCerts?.flatMap((text) => readCertificates(text, "authorities"));
  const client = cert === undefined && key === undefined ? {} : readClient(cert, key);
  const context = createSecureContext({ ca: authorities, ...client });
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
  kept.set(id, context);
  return context;
}

/** Reads certificates and key from their texts. One file often holds both and other text. */
function readClient(cert: string | undefined, keyText: string | undefined): { cert: string; key: string } {
  if (cert === undefined) throw new TypeError("Cannot use the client's key: its certificate is missing");
  const certificates = readCertificates(cert, "client's certificate");
  const key = PRIVATE_KEY.exec(keyText ?? cert)?.[0];
  if (key === undefined && keyText === undefined) {
    throw new TypeError("Cannot use the client's certificate: its key is missing");
  }
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(key ?? "");
  } catch (error) {
    throw new TypeError("Cannot use the client's key: it is not the PEM text of an unencrypted private key", {
      cause: error,
    });
  }
  if (!new X509Certificate(certificates[0]!).checkPrivateKey(privateKey)) {
    throw new TypeError("Cannot use the client's key: it does not belong to the certificate");
  }
  return { cert: certificates.join("\n"), key: key ?? "" };
}

/** Splits a PEM text into its certificates. */
function readCertificates(text: string, what: string): string[] {
  const certificates: string[] = text.match(PEM_CERTIFICATE) ?? [];
  if (certificates.length === 0) {
    throw new TypeError(`Cannot use the ${what}: the text has no certificate in PEM`);
  }
  for (const certificate of certificates) {
    try {
      new X509Certificate(certificate);
    } catch (error) {
      throw new TypeError(`Cannot use the ${what}: a certificate cannot be read`, { cause: error });
    }
  }
  return certificates;
}
