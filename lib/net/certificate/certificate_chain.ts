/**
 * Orders the certificates of a server so that each one is followed by its issuer.
 *
 * @module
 */

import type { DetailedPeerCertificate } from "node:tls";
import { type CertificateFields, readCertificateFields } from "./certificate_fields.ts";

/** A longer chain is only made to keep its reader busy. */
export const LONGEST_CHAIN = 32;

/** One certificate of a chain. */
export interface ChainLink extends CertificateFields {
  /** The certificate in DER. */
  readonly raw: Uint8Array;
  /** Start of the validity in milliseconds since 1970. */
  readonly from: number;
  /** End of the validity in milliseconds since 1970. */
  readonly to: number;
}

/**
 * Reads the certificates that a server sent: its own, and then the others in the order of sending.
 *
 * @param certificate The server's own certificate. As its issuer, `node:tls` names the next certificate that the
 * server sent, whatever it is.
 */
export function readSent(certificate: DetailedPeerCertificate): [ChainLink, ...ChainLink[]] {
  const seen = new Set([certificate]);
  let other = certificate.issuerCertificate;
  while (other?.raw !== undefined && !seen.has(other) && seen.size <= LONGEST_CHAIN) {
    seen.add(other);
    other = other.issuerCertificate;
  }
  return [readLink(certificate), ...[...seen].slice(1).map(readLink)];
}

/**
 * Gives the server's certificate and its issuers, as far as they are known. A server may send them in any order, some
 * twice, and others that are unrelated.
 *
 * @param sent The certificates that the server sent, its own first
 * @param now Milliseconds since 1970. If an issuer has two certificates, the valid one is chosen.
 */
export function followIssuers(
  [first, ...others]: readonly [ChainLink, ...ChainLink[]],
  now: number,
): [ChainLink, ...ChainLink[]] {
  const chain: [ChainLink, ...ChainLink[]] = [first];
  for (let last = first; !isSelfIssued(last) && chain.length < LONGEST_CHAIN;) {
    const issuers = others.filter((other) => other.subject === last.issuer && !chain.includes(other));
    const next = issuers.find(({ from, to }) => from <= now && now <= to) ?? issuers[0];
    if (next === undefined) break;
    chain.push(next);
    last = next;
  }
  return chain;
}

/** Tells whether a certificate names itself as its issuer. */
export function isSelfIssued({ subject, issuer }: CertificateFields): boolean {
  return subject === issuer;
}

function readLink({ raw, valid_from, valid_to }: DetailedPeerCertificate): ChainLink {
  return { ...readCertificateFields(raw), raw, from: Date.parse(valid_from), to: Date.parse(valid_to) };
}
