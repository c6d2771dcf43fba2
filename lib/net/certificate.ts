/**
 * What a server's certificate says, and whether it can be trusted.
 *
 * @module
 */

import type { DetailedPeerCertificate, PeerCertificate } from "node:tls";
import type { CertificateFacts } from "../result.ts";
import { isNamed, parseAlternativeNames } from "./certificate_name.ts";

const DAY = 86_400_000;

/** Longer chains are made to keep their readers busy. */
const LONGEST_CHAIN = 32;

/** Names that `openssl x509` shows, in its order; others follow. */
type DistinguishedName = PeerCertificate["subject"];

/**
 * The facts of a certificate.
 *
 * @param certificate The server's own, with its issuers.
 * @param now Milliseconds since 1970, to count the days from.
 */
export function certificateFacts(certificate: DetailedPeerCertificate, now: number): CertificateFacts {
  const notAfter = Date.parse(certificate.valid_to);
  return {
    subject: formatName(certificate.subject),
    issuer: formatName(certificate.issuer),
    names: parseAlternativeNames(certificate.subjectaltname ?? ""),
    notBefore: formatDate(certificate.valid_from),
    notAfter: formatDate(certificate.valid_to),
    daysLeft: Math.floor((notAfter - now) / DAY),
    fingerprint256: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
    serial: certificate.serialNumber,
    chainLength: chainOf(certificate).length,
  };
}

/** What {@linkcode explainVerdict} needs to know. */
export interface VerdictInput {
  readonly certificate: DetailedPeerCertificate;
  /** The name or IP address that the certificate has to be for. */
  readonly serverName: string;
  /** Whether the chain leads to a trusted root and is valid today, names not looked at. */
  readonly trusted: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Why a certificate cannot be accepted, all reasons that are known with dates and names.
 *
 * The reasons come from the certificates themselves: the verdict of the TLS library is a single code, and for an
 * expired certificate it speaks of an unknown issuer.
 *
 * @returns The reasons in one line, or undefined if the certificate is good.
 */
export function explainVerdict({ certificate, serverName, trusted, now }: VerdictInput): string | undefined {
  const names = parseAlternativeNames(certificate.subjectaltname ?? "");
  const reasons: string[] = [];
  if (!trusted) {
    const dates = explainDates(certificate, now);
    reasons.push(...(dates.length > 0 ? dates : [explainIssuer(certificate)]));
  }
  if (!isNamed(names, serverName)) {
    const listed = names.length === 0 ? "no name" : names.join(", ");
    reasons.push(`the certificate is for ${listed}, not for ${serverName}`);
  }
  return reasons.length === 0 ? undefined : reasons.join("; ");
}

function explainDates(certificate: DetailedPeerCertificate, now: number): string[] {
  const reasons: string[] = [];
  for (const [index, link] of chainOf(certificate).entries()) {
    const which = index === 0 ? "the certificate" : `the issuer's certificate (${formatName(link.subject)})`;
    const from = Date.parse(link.valid_from);
    const to = Date.parse(link.valid_to);
    if (to < now) reasons.push(`${which} expired on ${formatDate(link.valid_to)}, ${days(now - to)} ago`);
    if (from > now) {
      reasons.push(`${which} is not valid before ${formatDate(link.valid_from)}, in ${days(from - now)}`);
    }
  }
  return reasons;
}

function explainIssuer(certificate: DetailedPeerCertificate): string {
  const chain = chainOf(certificate);
  const last = chain.at(-1) ?? certificate;
  const issuer = formatName(last.issuer);
  if (!isSelfIssued(last)) return `the issuer (${issuer}) is not known and its certificate was not sent`;
  if (chain.length === 1) return `the certificate is self-signed (${issuer})`;
  return `the chain ends in a root that is not trusted (${issuer})`;
}

/**
 * The certificate and its issuers, as far as they are known. `node:tls` puts any certificate that the server sent next
 * into the place of the issuer's.
 */
function chainOf(certificate: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  let link: DetailedPeerCertificate | undefined = certificate;
  while (link !== undefined && chain.length < LONGEST_CHAIN) {
    chain.push(link);
    link = isSelfIssued(link) ? undefined : issuerOf(link);
  }
  return chain;
}

function issuerOf(
  { issuer, issuerCertificate }: DetailedPeerCertificate,
): DetailedPeerCertificate | undefined {
  return formatName(issuerCertificate?.subject) === formatName(issuer) ? issuerCertificate : undefined;
}

function isSelfIssued({ subject, issuer }: PeerCertificate): boolean {
  return formatName(subject) === formatName(issuer);
}

/** `O=sonde tests, CN=localhost`. */
function formatName(name: DistinguishedName | undefined): string {
  return Object.entries(name ?? {}).flatMap(([type, value]) => [value].flat().map((one) => `${type}=${one}`))
    .join(", ");
}

/** From `Jan  1 00:00:00 2020 GMT` to `2020-01-01T00:00:00Z`; a date that cannot be read stays as it is. */
function formatDate(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString().replace(".000Z", "Z");
}

function days(ms: number): string {
  const count = Math.floor(ms / DAY);
  return count === 1 ? "1 day" : `${count} days`;
}
