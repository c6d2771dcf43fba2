/**
 * Keeps credentials of requests out of results and messages.
 *
 * @module
 */

import { decodeLatin1, encodeLatin1 } from "../http/octets.ts";

/** Replaces the whole value of a field that holds credentials. */
export const MASK = "***";

const SECRET_FIELDS: ReadonlySet<string> = new Set(["authorization", "proxy-authorization", "cookie"]);

/**
 * Matches such a field line in octets that need not form a request, with blanks before the colon and folded lines (RFC
 * 9112 §5.2).
 */
const SECRET_LINE =
  /^([^\S\r\n]*(?:proxy-)?authorization[^\S\r\n]*:|[^\S\r\n]*cookie[^\S\r\n]*:)[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*/gim;

/** Tells whether a field holds credentials. */
export function holdsCredentials(name: string): boolean {
  return SECRET_FIELDS.has(name.toLowerCase());
}

/**
 * Gives the octets of requests with `***` in place of credentials. Call this before cutting them, so that no part of a
 * value remains.
 */
export function maskCredentials(bytes: Uint8Array): Uint8Array {
  const text = decodeLatin1(bytes);
  const masked = text.replace(SECRET_LINE, `$1 ${MASK}`);
  return masked === text ? bytes : encodeLatin1(masked);
}
