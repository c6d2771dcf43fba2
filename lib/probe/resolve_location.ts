/**
 * Resolves the octets of a `Location` to a target.
 *
 * @module
 */

import { percentEncodeOctets } from "../http/octets.ts";
import { type SettledTarget, settleTarget } from "../target/target.ts";
import { type Authority, parseAuthority } from "../target/parse_authority.ts";

/** The target of a `Location`, or the reason why it leads nowhere. */
export type ResolvedLocation = { readonly target: SettledTarget } | { readonly cause: string };

/** Replaces the host while a path is resolved: the URL parser accepts fewer names than the resolver. */
const ANY_HOST = "http://h";

/**
 * Resolves a reference like the URL parser of the WHATWG, for which `///h/x` and `\\h\x` lead to a host as `//h/x`
 * does. Two exceptions: octets that are not UTF-8 stay unchanged, as `%E9`, and only the hosts that {@linkcode
 * parseTarget} accepts are valid.
 *
 * @param octets The field value, one code unit for each octet
 * @param from The requested URL
 */
export function resolveLocation(octets: string, from: SettledTarget): ResolvedLocation {
  const reference = percentEncodeOctets(octets);
  const shown = `its Location ${JSON.stringify(reference)}`;
  // The URL parser drops blanks and controls at both ends, and tabs and line ends everywhere.
  // deno-lint-ignore no-control-regex -- they are what is dropped
  const text = reference.replace(/^[\x00-\x20]+|[\x00-\x20]+$/g, "").replace(/[\t\r\n]/g, "");
  const [, schemeText, rest = ""] = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?([^]*)$/.exec(text)!;
  const scheme = schemeText?.toLowerCase() ?? from.scheme;
  if (scheme !== "http" && scheme !== "https") return { cause: `${shown} leads to ${scheme}:` };
  const [, slashes = "", authorityText = "", tail = ""] = /^([/\\]*)([^/\\?#]*)([^]*)$/.exec(rest)!;
  // A different scheme begins a URL with a host, however many slashes follow; the same scheme begins a relative
  // reference.
  if (scheme === from.scheme && slashes.length < 2) {
    const path = pathOf(new URL(`http:${rest}`, `${ANY_HOST}${from.path}`));
    return { target: { ...from, path } };
  }
  let cause = "";
  const authority = readAuthority(authorityText, (why) => cause = why);
  if (authority === undefined) return { cause: `${shown} is not a URL: ${cause}` };
  const path = pathOf(new URL(`${ANY_HOST}${tail}`));
  return { target: settleTarget({ input: from.input, ...withZone(authority, from), path }, scheme) };
}

function pathOf({ pathname, search }: URL): string {
  return pathname + search;
}

function readAuthority(text: string, tell: (cause: string) => void): Authority | undefined {
  const refuse = (cause: string): never => {
    throw new SyntaxError(cause);
  };
  try {
    const authority = parseAuthority(text, refuse, { anyPercent: true });
    // RFC 6874 §4: a zone has a meaning on one machine only, and the server runs on another.
    return authority.host.includes("%") ? refuse("it has a zone") : authority;
  } catch (error) {
    tell((error as SyntaxError).message);
    return undefined;
  }
}

/** Keeps the zone with the address that it belongs to. */
function withZone(authority: Authority, from: SettledTarget): Authority {
  const [address, zone] = from.host.split("%");
  return zone !== undefined && authority.host === address ? { ...authority, host: from.host } : authority;
}
