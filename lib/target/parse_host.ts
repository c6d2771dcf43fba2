/**
 * Reads hosts of targets: names, IPv4 addresses, and IPv6 addresses in brackets.
 *
 * @module
 */

/** Throws, with the cause in the message. */
export type Refuse = (cause: string) => never;

/** Matches names and IPv4 addresses that stay as they are: a last label that begins with a letter is not a number. */
const PLAIN_NAME = /^(?:[a-z0-9_-]+\.)*[a-z][a-z0-9-]*$/;
const PLAIN_IPV4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\.(?!$)|$)){4}$/;

/**
 * Matches characters that no host can contain, percent-encoded or not (RFC 3986 §3.2.2, and the forbidden code points
 * of the WHATWG).
 */
// deno-lint-ignore no-control-regex -- this pattern finds control characters
const FORBIDDEN = /[\x00-\x1f\x7f\s"#%/:<>?@[\\\]^`{|}]/;

/** Matches a last label that makes the URL parser read the host as an IPv4 address: `127.1`, `0x7f.1`. */
const ENDS_IN_NUMBER = /(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)\.?$/;

/**
 * Reads the host of an authority. A name in ASCII is only converted to lower case: the resolver decides whether it
 * exists, not IDNA. A name with other letters is encoded (IDNA), and IPv4 addresses get their usual form.
 *
 * @param text A host, with brackets around an IPv6 address. RFC 6874 writes a zone as `%25ZONE`, but people paste a
 * bare `%`
 * @param refuse Called with the cause if the text is not a host
 *
 * @example Usage
 * ```ts
 * import { parseHost } from "./parse_host.ts";
 * import assert from "node:assert/strict";
 *
 * const refuse = (cause: string) => {
 *   throw new SyntaxError(cause);
 * };
 * assert.equal(parseHost("XN--A.test", refuse), "xn--a.test");
 * assert.equal(parseHost("[0:0::1]", refuse), "::1");
 * ```
 */
export function parseHost(text: string, refuse: Refuse): string {
  if (PLAIN_IPV4.test(text) || PLAIN_NAME.test(text)) return text;
  const invalid = (): never =>
    refuse(`"${text}" is not a valid host${/\s/.test(text) ? ": a host has no blanks" : ""}`);
  if (text.startsWith("[")) return parseIpv6(text, refuse);
  const name = decodePercent(text);
  if (name === undefined || name === "" || FORBIDDEN.test(name)) return invalid();
  // deno-lint-ignore no-control-regex -- everything but ASCII
  if (/[^\x00-\x7f]/.test(name)) return URL.parse(`http://${name}/`)?.hostname ?? invalid();
  const ascii = name.toLowerCase();
  return ENDS_IN_NUMBER.test(ascii) ? URL.parse(`http://${ascii}/`)?.hostname ?? ascii : ascii;
}

function parseIpv6(text: string, refuse: Refuse): string {
  const [, address = "", zone] = /^\[([^%]*)(?:%(?:25)?([^]+))?\]$/.exec(text) ?? [];
  const host = URL.parse(`http://[${address}]/`)?.hostname ?? refuse(`"${text}" is not a valid host`);
  if (zone !== undefined && !/^[A-Za-z0-9._~-]+$/.test(zone)) refuse(`"${zone}" is not a valid zone`);
  return host.slice(1, -1) + (zone === undefined ? "" : `%${zone}`);
}

/** @returns `undefined` if a `%` has no two hexadecimal digits after it, or if the octets are not UTF-8 */
function decodePercent(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
