/**
 * Collects the facts of a server's certificate.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import type { CertificateFacts } from "../../result.ts";
import type { ChainLink } from "./certificate_chain.ts";

/** Milliseconds. */
const DAY = 86_400_000;

/**
 * The facts of a certificate.
 *
 * @param chain The server's own certificate, followed by its issuers.
 * @param fingerprint256 SHA-256 of the server's own certificate, in any notation of hex.
 * @param now Milliseconds since 1970; the remaining days count from it.
 */
export function certificateFacts(
  chain: readonly [ChainLink, ...ChainLink[]],
  fingerprint256: string,
  now: number,
): CertificateFacts {
  const [{ subject, issuer, names, serial, from, to }] = chain;
  return {
    subject,
    issuer,
    names: names.map(({ value }) => value),
    notBefore: formatDate(from),
    notAfter: formatDate(to),
    daysLeft: Math.floor((to - now) / DAY),
    fingerprint256: fingerprint256.replaceAll(":", "").toLowerCase(),
    serial,
    chainLength: chain.length,
  };
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
