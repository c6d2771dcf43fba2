/**
 * Collects the facts of a server's certificate.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { formatQuantity } from "../../text/count.ts";
import type { CertificateFacts, IssuerFacts } from "../../result.ts";
import type { ChainLink } from "./certificate_chain.ts";
import type { PathLink } from "./issuers.ts";

/** Milliseconds. */
const DAY = 86_400_000;

/** The certificates of a server, and the time of the handshake. */
export interface SeenCertificates {
  /** The server's own certificate, followed by those that it sent and that name each other as issuers. */
  readonly chain: readonly [ChainLink, ...ChainLink[]];
  /** The certificates on which the trust in the server's own rests. */
  readonly issuers: readonly PathLink[];
  /** Milliseconds since 1970; the remaining days count from it. */
  readonly now: number;
}

/** Collects the facts of a server's certificate. */
export function certificateFacts({ chain, issuers, now }: SeenCertificates): CertificateFacts {
  const [{ subject, issuer, names, serial, from, to, raw }] = chain;
  return {
    subject,
    issuer,
    names: names.map(({ value }) => value),
    notBefore: formatDate(from),
    notAfter: formatDate(to),
    daysLeft: daysUntil(to, now),
    fingerprint256: fingerprintOf(raw),
    serial,
    chainLength: chain.length,
    issuers: issuers.map((link) => issuerFacts(link, now)),
  };
}

function issuerFacts({ subject, to, raw }: PathLink, now: number): IssuerFacts {
  return {
    subject,
    notAfter: formatDate(to),
    daysLeft: daysUntil(to, now),
    fingerprint256: fingerprintOf(raw),
  };
}

function daysUntil(end: number, now: number): number {
  return Math.floor((end - now) / DAY);
}

/** Computes the SHA-256 of a certificate in DER, in lower-case hex. */
function fingerprintOf(raw: Uint8Array): string {
  return createHash("sha256").update(raw).digest("hex");
}

/** Formats a date as `2020-01-01T00:00:00Z`; gives `unknown` for a date that cannot be read. */
export function formatDate(time: number): string {
  return Number.isNaN(time) ? "unknown" : new Date(time).toISOString().replace(".000Z", "Z");
}

/** Formats a time span as `2 days`. */
export function formatDays(ms: number): string {
  const count = Math.floor(ms / DAY);
  if (count === 0) return "less than a day";
  return formatQuantity(count, "day");
}
