/**
 * Reads certificates and keys from PEM texts, and checks that TLS can use them.
 *
 * @module
 */

import type { KeyObject } from "node:crypto";
import { PEM_CERTIFICATE } from "./pem.ts";

const PRIVATE_KEY = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^-]*-----END \1PRIVATE KEY-----/;

/** Loads Node's cryptography, which most runs do not need. */
function crypto(): typeof import("node:crypto") {
  return globalThis.process.getBuiltinModule("node:crypto");
}

/**
 * Splits the PEM text of authorities into its certificates.
 *
 * @throws {TypeError} If there is no certificate, or one cannot be read
 */
export function readAuthorities(text: string): string[] {
  return readCertificates(text, "authorities");
}

/**
 * Reads certificates and key from their texts. One file often holds both and other text.
 *
 * @throws {TypeError} If a certificate or the key cannot be read, they do not match, or one of the two is missing
 */
export function readClient(
  cert: string | undefined,
  keyText: string | undefined,
): { cert: string; key: string } {
  if (cert === undefined) throw new TypeError("Cannot use the client's key: its certificate is missing");
  const certificates = readCertificates(cert, "client's certificate");
  const key = PRIVATE_KEY.exec(keyText ?? cert)?.[0];
  if (key === undefined && keyText === undefined) {
    throw new TypeError("Cannot use the client's certificate: its key is missing");
  }
  const { createPrivateKey, X509Certificate } = crypto();
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

function readCertificates(text: string, what: string): string[] {
  const certificates: string[] = text.match(PEM_CERTIFICATE) ?? [];
  if (certificates.length === 0) {
    throw new TypeError(`Cannot use the ${what}: the text has no certificate in PEM`);
  }
  const { X509Certificate } = crypto();
  for (const certificate of certificates) {
    try {
      new X509Certificate(certificate);
    } catch (error) {
      throw new TypeError(`Cannot use the ${what}: a certificate cannot be read`, { cause: error });
    }
  }
  return certificates;
}
