/**
 * From the octets of a `Location` to the target that they mean.
 *
 * @module
 */

import { percentEncodeOctets } from "../http/octets.ts";
import { type SettledTarget, settleTarget } from "../target/target.ts";
import { type Authority, parseAuthority } from "../target/parse_authority.ts";

/** The target of a `Location`, or the reason why it leads nowhere. */
export type ResolvedLocation = { readonly target: SettledTarget } | { readonly cause: string };

/** Stands in for the host while a path is resolved: the URL parser knows fewer names than the resolver. */
const ANY_HOST = "http://h";

/**
 * Resolves a reference as the URL parser of the WHATWG does, so that `///h/x` and `\\h\x` lead to a host as `//h/x` does,
 * with two exceptions: octets that are no UTF-8 stay the octets that they are, as `%E9`, and hosts are those that
 * {@linkcode parseTarget} takes.
 *
 * @param octets The field value, one code unit for each octet
 * @param from The URL that was asked for
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
  // A scheme of its own begins a URL with a host, however many slashes there are; the same one begins a relative reference.
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
    // RFC 6874 §4: a zone means something on one machine only, and the server is on another.
    return authority.host.includes("%") ? refuse("it has a zone") : authority;
  } catch (error) {
    tell((error as SyntaxError).message);
    return undefined;
  }
}

/** The zone stays with the address that it belongs to. */
function withZone(authority: Authority, from: SettledTarget): Authority {
  const [address, zone] = from.host.split("%");
  return zone !== undefined && authority.host === address ? { ...authority, host: from.host } : authority;
}
