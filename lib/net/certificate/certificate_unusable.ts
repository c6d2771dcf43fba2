/**
 * Explains why `node:tls` ends a handshake over a certificate although it accepts any certificate: it cannot use the
 * certificate at all, or the server did not sign the handshake with the certificate's key.
 *
 * @module
 */

import { constants, type KeyObject, verify, X509Certificate } from "node:crypto";
import type { ErrorKind } from "../../result.ts";
import {
  type ClearHandshake,
  readClearHandshake,
  readClientRandom,
  type SignedParameters,
} from "./clear_handshake.ts";

/** Sizes in bits of the RSA keys that rustls accepts. */
const LEAST_RSA_BITS = 2048;
const MOST_RSA_BITS = 8192;

const EITHER =
  "the certificate is of a kind that cannot be used even unverified (its key, or a critical extension), or the handshake was not signed with its key";
const FORM =
  "the certificate cannot be used even unverified: this TLS stack does not support its form, its kind of key or one of its critical extensions";
const NOT_SIGNED =
  "the key of the certificate did not sign the handshake: octets changed on the way, or the server uses another key";

const HASHES: Readonly<Record<number, string>> = { 2: "sha1", 4: "sha256", 5: "sha384", 6: "sha512" };
const RSA = 1;
const ECDSA = 3;

/** RSASSA-PSS with an RSA or PSS key (RFC 8446 §4.2.3), and its hash. */
const PSS: Readonly<Record<number, string>> = {
  0x0804: "sha256",
  0x0805: "sha384",
  0x0806: "sha512",
  0x0809: "sha256",
  0x080a: "sha384",
  0x080b: "sha512",
};
const ED25519 = 0x0807;

/** A fault in words, and its error kind. */
export interface UnusableVerdict {
  readonly kind: ErrorKind & ("certificate" | "tls");
  readonly text: string;
}

/**
 * Tells the two reasons apart if the handshake came in the clear; TLS 1.3 encrypts the certificate.
 *
 * @param sent The first octets that we sent: the ClientHello.
 * @param received The first octets from the server.
 */
export function explainUnusable(sent: Uint8Array, received: Uint8Array): UnusableVerdict {
  const handshake = readClearHandshake(received);
  if (handshake.certificate === undefined || handshake.keyExchange === undefined) {
    return { kind: "certificate", text: EITHER };
  }
  let key: KeyObject;
  try {
    key = new X509Certificate(handshake.certificate).publicKey;
  } catch {
    // If octets of the peer cannot be read, that explains the fault as well.
    return {
      kind: "certificate",
      text: "the certificate cannot be read: its octets do not form a certificate",
    };
  }
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS)) {
    const text = `the certificate cannot be used even unverified: its RSA key has ${bits} bits, ` +
      `and this TLS stack takes ${LEAST_RSA_BITS} to ${MOST_RSA_BITS}`;
    return { kind: "certificate", text };
  }
  return isSigned(key, readClientRandom(sent), handshake)
    ? { kind: "certificate", text: FORM }
    : { kind: "tls", text: NOT_SIGNED };
}

function isSigned(
  key: KeyObject,
  clientRandom: Uint8Array | undefined,
  { random, keyExchange }: ClearHandshake,
): boolean {
  if (clientRandom === undefined || random === undefined || keyExchange === undefined) return false;
  const { parameters, scheme, signature } = keyExchange;
  // RFC 8422 §5.4: both randoms and the parameters are signed.
  const signed = new Uint8Array([...clientRandom, ...random, ...parameters]);
  try {
    return checkSignature(key, scheme, signed, signature);
  } catch {
    // Key and scheme do not match, or the signature is malformed: the peer sent these octets.
    return false;
  }
}

function checkSignature(
  key: KeyObject,
  scheme: SignedParameters["scheme"],
  signed: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (scheme === ED25519) return verify(null, signed, key, signature);
  const pss = PSS[scheme];
  if (pss !== undefined) {
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return verify(pss, signed, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature);
  }
  const hash = HASHES[scheme >> 8];
  const algorithm = scheme & 0xff;
  if (hash === undefined || (algorithm !== RSA && algorithm !== ECDSA)) return false;
  return verify(hash, signed, key, signature);
}
