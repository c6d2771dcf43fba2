/**
 * Judges the request-target (RFC 9112 §3.2).
 *
 * @module
 */

import type { Note } from "./deviation.ts";

/** RFC 3986 §2: the octets of a path or query; a percent sign stands only before two hexadecimal digits. */
const OUTSIDE_PATH = /%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?@!$&'()*+,;=%]/;

/** RFC 3986 §3.2.2: an address in brackets, or a name. */
const HOST = "(?:\\[[0-9A-Fa-f:.]+\\]|\\[v[0-9A-Fa-f]+\\.[A-Za-z0-9\\-._~!$&'()*+,;=:]+\\]" +
  "|(?:[A-Za-z0-9\\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)";
const HOST_AND_PORT = new RegExp(`^${HOST}(?::[0-9]*)?$`);
const AUTHORITY_FORM = new RegExp(`^${HOST}:[0-9]*$`);
const ABSOLUTE_FORM = /^([A-Za-z][A-Za-z0-9+.-]*:)(\/\/[^/?#]*)?/;

/** Tells whether a text is a host with an optional port, the form of `Host` (RFC 9110 §7.2). It may be empty. */
export function isHostAndPort(text: string): boolean {
  return HOST_AND_PORT.test(text);
}

/** Gives the authority of a request-target in absolute-form, without user information. */
export function authorityOf(target: string): string | undefined {
  return ABSOLUTE_FORM.exec(target)?.[2]?.slice(2).replace(/^.*@/, "");
}

/**
 * Notes the first octet that a request-target cannot contain, and a target that has none of the four forms.
 *
 * @param note Receives offsets that count from the first octet of the target
 */
export function noteRequestTarget(method: string, target: string, note: Note): void {
  const bad = findBadOctet(method, target);
  if (bad !== undefined) {
    const octet = target.charCodeAt(bad);
    const shown = octet > 0x20 && octet < 0x7f
      ? `"${target[bad]}"`
      : `Octet 0x${octet.toString(16).padStart(2, "0")}`;
    const found = shown === '"%"' ? '"%" without two hexadecimal digits after it' : shown;
    note("request-target-invalid", bad, `${found} is not allowed in a request-target`);
    return;
  }
  if (!hasForm(method, target)) {
    const message = method === "CONNECT"
      ? "The request-target of CONNECT is not a host and a port"
      : "The request-target is neither a path nor an absolute URI";
    note("request-target-invalid", 0, message);
  }
}

function findBadOctet(method: string, target: string): number | undefined {
  // Brackets are allowed only around an address in an authority.
  const authority = method === "CONNECT" && !target.startsWith("/")
    ? target
    : /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/.exec(target)?.[0] ?? "";
  const inAuthority = authority.replace(/\[[^\]]*\]/g, ({ length }) => "a".repeat(length));
  const bad = (inAuthority + target.slice(authority.length)).search(OUTSIDE_PATH);
  return bad === -1 ? undefined : bad;
}

function hasForm(method: string, target: string): boolean {
  if (method === "CONNECT") return AUTHORITY_FORM.test(target) && !target.startsWith(":");
  if (target === "*") return method === "OPTIONS";
  if (target.startsWith("/")) return true;
  const [, scheme, slashes] = ABSOLUTE_FORM.exec(target) ?? [];
  if (scheme === undefined) return false;
  const authority = authorityOf(target);
  // RFC 9110 §4.2: an http or https URI has a host.
  if (/^https?:$/i.test(scheme)) {
    return slashes !== undefined && authority !== "" && isHostAndPort(authority!);
  }
  return true;
}
