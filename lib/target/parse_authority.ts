/**
 * Reads the authority of a URL: user and password, host, port (RFC 3986 §3.2).
 *
 * @module
 */

import { parseHost, type Refuse } from "./parse_host.ts";
import { adviseColons } from "./typing_error.ts";
import { decodeUserinfo } from "./userinfo.ts";

/** The parts of an authority. */
export interface Authority {
  /** A name in ASCII, an IPv4 address, or an IPv6 address without brackets, with its zone. */
  readonly host: string;
  /** Absent if the authority has no port, or an empty one. */
  readonly port?: number;
  /** User and password as {@linkcode decodeUserinfo} gives them. */
  readonly credentials?: { readonly user: string; readonly password: string };
}

const AUTHORITY = /^(?:([^]*)@)?(\[[^\]]*\]|[^:]*)(?::([^:]*))?$/;

/**
 * Reads an authority.
 *
 * @param refuse Called with the cause if the text is not an authority
 * @param options With `anyPercent` a `%` without two hexadecimal digits after it is taken literally, as in browsers
 */
export function parseAuthority(
  text: string,
  refuse: Refuse,
  { anyPercent = false }: { readonly anyPercent?: boolean } = {},
): Authority {
  const [, userinfo, hostText = "", portText] = AUTHORITY.exec(text) ??
    refuse(adviseColons(text));
  if (hostText === "") {
    refuse("it has no host");
  }
  const port = portText ? parsePort(portText, refuse) : undefined;
  const authority: { -readonly [Key in keyof Authority]: Authority[Key] } = {
    host: parseHost(hostText, refuse),
  };
  if (port !== undefined) authority.port = port;
  if (userinfo && userinfo !== ":") {
    if (!anyPercent && /%(?![0-9A-Fa-f]{2})/.test(userinfo)) {
      refuse("the user or password has a % without two hexadecimal digits after it");
    }
    authority.credentials = parseUserinfo(userinfo, refuse);
  }
  return authority;
}

function parsePort(text: string, refuse: Refuse): number {
  const port = Number(text);
  if (!/^[0-9]{1,5}$/.test(text) || port < 1 || port > 65535) {
    refuse(`the port ${JSON.stringify(text)} is not a number from 1 to 65535`);
  }
  return port;
}

function parseUserinfo(text: string, refuse: Refuse): { user: string; password: string } {
  // Browsers end the host at a backslash, so they would send this URL to another server.
  if (text.includes("\\")) refuse("the user or password has a backslash, write it %5C");
  const [, user = "", password = ""] = /^([^:]*):?([^]*)$/.exec(text)!;
  return { user: decodeUserinfo(user), password: decodeUserinfo(password) };
}
