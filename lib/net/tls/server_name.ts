/**
 * Reads the names for SNI and the certificate check.
 *
 * @module
 */

import { ipFamily } from "../ip_address.ts";

/** Matches names that SNI can carry (RFC 6066 §3: no IP addresses, ASCII, no trailing dot). */
const SNI_NAME = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[A-Za-z0-9_-]{1,63}(?<!-))*$/;

/** Gives the name to send as SNI; an empty string for an address and for a name that cannot be sent. */
export function sniOf(serverName: string): string {
  const name = serverName.replace(/\.$/, "");
  return ipFamily(name.split("%")[0] ?? "") === 0 && SNI_NAME.test(name) ? name : "";
}

/**
 * Reads a name to send as SNI, or an IP address, which is only verified.
 *
 * @param text May have letters outside ASCII; an IPv6 address may have brackets.
 * @returns The name in ASCII, without brackets and without a trailing dot.
 * @throws {SyntaxError} If the text is neither a name nor an address.
 */
export function parseServerName(text: string): string {
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  if (ipFamily(bare) !== 0) return bare;
  // A character that ends the host of a URL cannot be part of a name either.
  const ascii = /^[!-~]*$|[/:?#@\\]/.test(text) ? text : URL.parse(`http://${text}/`)?.hostname ?? "";
  const name = ascii.replace(/\.$/, "");
  if (sniOf(name) === "") {
    throw new SyntaxError(`Cannot use "${text}" as SNI: it is neither the name of a host nor an IP address`);
  }
  return name;
}
