/**
 * Compares the names of a certificate with a host name or an IP address (RFC 9525).
 *
 * @module
 */

import type { CertificateName } from "./certificate_fields.ts";
import { ipFamily } from "../ip_address.ts";

/**
 * Tells whether a certificate with these names identifies a host.
 *
 * RFC 9525 §6.3: a wildcard is the whole left-most label and stands for exactly one label. Only an IP address
 * identifies an IP address (§6.4), and the common name does not count (§2).
 *
 * @param names DNS names and IP addresses of the certificate.
 * @param host A name in ASCII, or an IP address; a zone or a trailing dot is ignored.
 */
export function isNamed(names: readonly CertificateName[], host: string): boolean {
  const [bare = ""] = host.split("%");
  if (ipFamily(bare) !== 0) {
    return names.some(({ type, value }) => type === "ip" && sameAddress(value, bare));
  }
  const wanted = canonicalName(host);
  const [, rest = ""] = /^[^.]+\.(.+)$/.exec(wanted) ?? [];
  return names.some(({ type, value }) => {
    if (type !== "dns") return false;
    const offered = canonicalName(value);
    return offered === wanted || (rest !== "" && offered === `*.${rest}`);
  });
}

function canonicalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

function sameAddress(a: string, b: string): boolean {
  return canonicalAddress(a) === canonicalAddress(b);
}

/** Normalises an IPv6 address: it has many spellings, but a URL has only one. */
function canonicalAddress(address: string): string {
  return ipFamily(address) === 6 ? new URL(`http://[${address}]/`).hostname : address;
}
