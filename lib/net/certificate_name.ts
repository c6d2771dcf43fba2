/**
 * Whether a certificate is for a name or an IP address (RFC 9525).
 *
 * @module
 */

import { ipFamily } from "./ip_address.ts";

/** Subject alternative names of a certificate, each `DNS:name`, `IP Address:address` or of another type. */
const ALTERNATIVE_NAME = /([^:,]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/g;

/** The types of name that an HTTPS server is identified by. */
const NAME_TYPES: ReadonlySet<string> = new Set(["DNS", "IP Address"]);

/**
 * The DNS names and IP addresses of a certificate.
 *
 * @param subjectAltName The extension as `node:tls` writes it: `DNS:localhost, IP Address:127.0.0.1`.
 */
export function parseAlternativeNames(subjectAltName: string): string[] {
  const names: string[] = [];
  for (const [, type = "", value = ""] of subjectAltName.matchAll(ALTERNATIVE_NAME)) {
    if (NAME_TYPES.has(type)) names.push(value.startsWith('"') ? unquote(value) : value);
  }
  return names;
}

/** A value that has a comma in it comes as a JSON string; one that is no such string stays what it is. */
function unquote(value: string): string {
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}

/**
 * Whether a certificate with these names identifies a host.
 *
 * RFC 9525 §6.3: a wildcard is the whole of the left-most label and stands for one label. The common name does not
 * count (§2).
 *
 * @param names DNS names and IP addresses of the certificate.
 * @param host A name in ASCII, or an IP address; a zone or a dot at the end do not count.
 */
export function isNamed(names: readonly string[], host: string): boolean {
  const [bare = ""] = host.split("%");
  if (ipFamily(bare) !== 0) return names.some((name) => ipFamily(name) !== 0 && sameAddress(name, bare));
  const wanted = canonicalName(host);
  const [, rest = ""] = /^[^.]+\.(.+)$/.exec(wanted) ?? [];
  return names.some((name) => {
    const offered = canonicalName(name);
    return offered === wanted || (rest !== "" && offered === `*.${rest}`);
  });
}

function canonicalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

function sameAddress(a: string, b: string): boolean {
  return canonicalAddress(a) === canonicalAddress(b);
}

/** IPv6 addresses have many spellings; a URL knows one. */
function canonicalAddress(address: string): string {
  return ipFamily(address) === 6 ? new URL(`http://[${address}]/`).hostname : address;
}
