/**
 * Names that a TLS server is asked for by.
 *
 * @module
 */

import { ipFamily } from "../ip_address.ts";

/** Names that go into SNI (RFC 6066 §3: no IP addresses, ASCII, no dot at the end). */
const SNI_NAME = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[A-Za-z0-9_-]{1,63}(?<!-))*$/;

/** Gives the name to send as SNI; an empty string for an address and for names that cannot be sent. */
export function sniOf(serverName: string): string {
  const name = serverName.replace(/\.$/, "");
  return ipFamily(name.split("%")[0] ?? "") === 0 && SNI_NAME.test(name) ? name : "";
}

/**
 * Reads a name that somebody wants to be sent as SNI, or an IP address, which is only verified.
 *
 * @param text Also with letters outside ASCII; an IPv6 address also in brackets.
 * @returns In ASCII, without brackets and without a dot at the end.
 * @throws {SyntaxError} If it is neither.
 */
export function parseServerName(text: string): string {
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  if (ipFamily(bare) !== 0) return bare;
  // A character that ends the host of a URL is no part of a name either.
  const ascii = /^[!-~]*$|[/:?#@\\]/.test(text) ? text : URL.parse(`http://${text}/`)?.hostname ?? "";
  const name = ascii.replace(/\.$/, "");
  if (sniOf(name) === "") {
    throw new SyntaxError(`Cannot use "${text}" as SNI: it is neither the name of a host nor an IP address`);
  }
  return name;
}
