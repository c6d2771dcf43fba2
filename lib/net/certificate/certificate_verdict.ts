/**
 * Explains why a server's certificate cannot be accepted.
 *
 * The reasons come from the certificates themselves. The TLS library gives its verdict as a single code, and for an
 * expired certificate that code blames a signature.
 *
 * @module
 */

import { formatDate, formatDays } from "./certificate.ts";
import { type ChainLink, isSelfIssued, LONGEST_CHAIN } from "./certificate_chain.ts";
import type { CertificateName } from "./certificate_fields.ts";
import { isNamed } from "./certificate_name.ts";
import { ipFamily } from "../ip_address.ts";
import { isSignedBy } from "./signed_by.ts";
import { findTrustedRoots, type TrustedRoot } from "./trusted_roots.ts";

/** Maximum names listed in a reason; some certificates have thousands. */
const MOST_NAMES = 10;

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

/** Signature algorithms whose hash is broken: with some money, anyone can find a second text with the same hash. */
const WEAK_SIGNATURES: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.2": "MD2",
  "1.2.840.113549.1.1.4": "MD5",
  "1.2.840.113549.1.1.5": "SHA-1",
  "1.2.840.10040.4.3": "SHA-1",
  "1.2.840.10045.4.1": "SHA-1",
};

/** The input of {@linkcode explainVerdict}. */
export interface VerdictInput {
  /** The server's own certificate, with its issuers. */
  readonly chain: readonly [ChainLink, ...ChainLink[]];
  /** The name or IP address that the certificate must identify. */
  readonly serverName: string;
  /** True if the chain leads to a trusted root and is valid today; names are not compared. */
  readonly trusted: boolean;
  /** PEM texts of the trusted authorities; reading the built-in ones would need its own permission. */
  readonly caCerts?: readonly string[] | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Collects all known reasons, with dates and names.
 *
 * @returns The reasons in one line, or undefined if the certificate is acceptable.
 */
export function explainVerdict(input: VerdictInput): string | undefined {
  const { chain, serverName, trusted, now } = input;
  const [{ names }] = chain;
  const reasons: string[] = [];
  if (!trusted) {
    const dates = explainDates(chain, now);
    // A new date would not help an expired certificate whose signature is not trusted.
    const alone = chain.length === 1 && isSelfIssued(chain[0]);
    reasons.push(...dates, ...(dates.length === 0 || alone ? explainChain(input) : []));
  }
  if (!isNamed(names, serverName)) {
    const listed = names.slice(0, MOST_NAMES).map(showName).join(", ");
    const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more names` : "";
    reasons.push(
      `the certificate is for ${
        listed || "no name (a common name does not count)"
      }${more}, not for ${serverName}`,
    );
  }
  return reasons.length === 0 ? undefined : reasons.join("; ");
}

/** Explains a certificate whose name looks like that of another one. */
function showName({ type, value }: CertificateName): string {
  return type === "dns" && ipFamily(value) !== 0 ? `${value} as a DNS name` : value;
}

function explainDates(chain: readonly ChainLink[], now: number): string[] {
  const reasons: string[] = [];
  for (const link of chain) {
    const { from, to } = link;
    const which = describeLink(link, chain);
    if (to < now) reasons.push(`${which} expired on ${formatDate(to)}, ${formatDays(now - to)} ago`);
    if (from > now) {
      reasons.push(`${which} is not valid before ${formatDate(from)}, in ${formatDays(from - now)}`);
    }
  }
  return reasons;
}

function explainChain({ chain, caCerts = [], now }: VerdictInput): string[] {
  const last = chain.at(-1) ?? chain[0];
  const root = findRoot(last, caCerts);
  if (root === undefined) return [explainIssuer(chain, last)];
  const flaws = [...explainUse(chain), ...explainSignatures(chain, root)];
  // A chain without other flaws is refused for its dates alone.
  if (flaws.length > 0 || explainDates(chain, now).length > 0) return flaws;
  return [
    `the chain to the trusted root (${root.subject}) breaks a rule: its length, name constraints or a kind of key`,
  ];
}

/** Finds the trusted authority that issued the last certificate of a chain, or is that certificate. */
function findRoot(last: ChainLink, caCerts: readonly string[]): TrustedRoot | undefined {
  return findTrustedRoots(caCerts, last.issuer).find(({ raw }) =>
    !isSelfIssued(last) || isSame(raw, last.raw)
  );
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}

function explainIssuer(chain: readonly ChainLink[], last: ChainLink): string {
  const { issuer } = last;
  if (chain.length === LONGEST_CHAIN) return `the chain has ${LONGEST_CHAIN} certificates or more`;
  if (!isSelfIssued(last)) return `the issuer (${issuer}) is not known and its certificate was not sent`;
  if (chain.length === 1) return `the certificate is self-signed (${issuer})`;
  return `the chain ends in a root that is not trusted (${issuer})`;
}

/** Finds certificates that are used for a purpose they were not issued for. */
function explainUse(chain: readonly ChainLink[]): string[] {
  const reasons: string[] = [];
  for (const [index, link] of chain.entries()) {
    const { authority, extendedKeyUsage } = link;
    const which = describeLink(link, chain);
    if (index === 0 && authority) reasons.push(`${which} is that of an authority, not of a server`);
    if (index > 0 && !authority && !isSelfIssued(link)) reasons.push(`${which} is not that of an authority`);
    if (!isSelfIssued(link) && extendedKeyUsage !== undefined && !extendedKeyUsage.includes(SERVER_AUTH)) {
      reasons.push(`${which} is not for servers, by its extended key usage`);
    }
  }
  return reasons;
}

function explainSignatures(
  chain: readonly ChainLink[],
  root: TrustedRoot,
): string[] {
  const reasons: string[] = [];
  for (const [index, link] of chain.entries()) {
    if (isSelfIssued(link)) continue;
    const weak = WEAK_SIGNATURES[link.signatureAlgorithm];
    if (weak !== undefined) reasons.push(`${describeLink(link, chain)} is signed with ${weak}`);
    const issuer = chain[index + 1] ?? root;
    if (weak === undefined && !isSignedBy(link.raw, issuer.raw)) {
      reasons.push(
        `${describeLink(link, chain)} is not signed with the key of its issuer (${issuer.subject})`,
      );
    }
  }
  return reasons;
}

function describeLink(link: ChainLink, chain: readonly ChainLink[]): string {
  return link === chain[0] ? "the certificate" : `the issuer's certificate (${link.subject})`;
}
