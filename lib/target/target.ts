/**
 * Parses the text of a user into a target: host, port and request target.
 *
 * @module
 */

import { addressOfNumber, adviseNumber, isBareNumber } from "./bare_number.ts";
import { parseAuthority } from "./parse_authority.ts";
import { parseHost, type Refuse } from "./parse_host.ts";
import { adviseScheme, findTypingError } from "./typing_error.ts";

/** A scheme that can be probed. */
export type Scheme = "http" | "https";

/** A server and the resource to request from it. */
export interface Target {
  /** The text that the user wrote. */
  readonly input: string;
  /** Absent for a bare host, which sonde tries over https and then http. */
  readonly scheme?: Scheme;
  /** A name in ASCII, an IPv4 address, or an IPv6 address without brackets, with its zone. */
  readonly host: string;
  /** Absent if the user gave none: the scheme decides. */
  readonly port?: number;
  /** Path and query as written. Only characters that a request-line cannot carry are percent-encoded. */
  readonly path: string;
  /** From `user:password@`, percent-decoded; never part of a result. */
  readonly credentials?: { readonly user: string; readonly password: string };
}

/** A target whose scheme and port are settled. */
export type SettledTarget = Target & { readonly scheme: Scheme; readonly port: number };

/** The default port of a scheme. */
const DEFAULT_PORT: Readonly<Record<Scheme, number>> = { http: 80, https: 443 };

const SHAPE = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?([^/?#]*)([/?#][^]*)?$/;

/**
 * Reads a URL, `host`, `host:port`, `[IPv6]:port` or a bare IPv6 address. It encodes names outside ASCII (IDNA), leaves
 * other names and paths as they are (dot segments stay), and drops a fragment.
 *
 * @throws {SyntaxError} If it is none of these; the message names the input and the cause
 *
 * @example Usage
 * ```ts
 * import { parseTarget } from "https://deno.land/x/sonde/lib/probe.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseTarget("http://[::1]:8080/a/../b?c"), {
 *   input: "http://[::1]:8080/a/../b?c",
 *   scheme: "http",
 *   host: "::1",
 *   port: 8080,
 *   path: "/a/../b?c",
 * });
 * ```
 */
export function parseTarget(input: string): Target {
  const text = input.trim();
  const refuse = (cause: string): never => {
    throw new SyntaxError(`Cannot probe ${JSON.stringify(input)}: ${cause}`);
  };
  if (text === "") refuse("it is empty; write a URL or a host");
  // deno-lint-ignore no-control-regex -- this pattern finds control characters
  if (/[\x00-\x1f\x7f]/.test(text)) refuse("it has a control character");

  const mistake = findTypingError(text);
  if (mistake !== undefined) refuse(mistake);
  if (isBareIpv6(text)) return { input, host: parseHost(`[${text}]`, refuse), path: "/" };
  const [, schemeText, authorityText = "", rest = ""] = SHAPE.exec(text) ??
    refuse("it is neither a URL nor a host");
  const scheme = schemeText?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") {
    refuse(`the scheme ${scheme} is not http or https${adviseScheme(scheme, authorityText + rest)}`);
  }
  if (authorityText === "") refuse("it has no host, which stands first, as in http://example.com/");
  const [, lonePort] = /^:(\d+)$/.exec(authorityText) ?? [];
  if (lonePort !== undefined) refuse(`it has no host, write localhost:${lonePort} for this machine`);
  if (scheme === undefined) refuseMistakenHost(authorityText, refuse);
  const { host, port, credentials } = parseAuthority(authorityText, refuse);
  const target: { -readonly [Key in keyof Target]: Target[Key] } = { input, host, path: parsePath(rest) };
  if (scheme !== undefined) target.scheme = scheme as Scheme;
  if (port !== undefined) target.port = port;
  if (credentials) target.credentials = credentials;
  return target;
}

/**
 * Gives the target that a caller names as text, as a `URL` or as a parsed target.
 *
 * @throws {SyntaxError} If a text is neither a URL nor a host
 * @throws {TypeError} If it is something else
 */
export function toTarget(target: string | URL | Target): Target {
  if (typeof target === "string") return parseTarget(target);
  if (target instanceof URL) return parseTarget(target.href);
  if (isTarget(target)) return target;
  throw new TypeError(`Cannot probe ${String(target)}: pass a URL or a host`);
}

/** Tells a result of {@linkcode parseTarget} from a `URL`. */
export function isTarget(target: string | URL | Target): target is Target {
  return typeof target === "object" && target !== null && "path" in target && "host" in target;
}

/** Refuses a number, which may be a port, and a list in place of a host. With a scheme, both are meant as hosts. */
function refuseMistakenHost(text: string, refuse: Refuse): void {
  if (isBareNumber(text)) {
    const address = addressOfNumber(text);
    refuse(
      address === undefined
        ? "it is a number, not a host"
        : `it is a number, as a host ${adviseNumber(text, address)}`,
    );
  }
  if (text.replace(/^.*@/, "").includes(",")) {
    refuse("a host has no commas: write the targets apart, with blanks or, in a list, on lines");
  }
}

function isBareIpv6(text: string): boolean {
  return /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(?:%[^/?#\s]+)?$/.test(text) &&
    URL.canParse(`http://[${text.replace(/%[^]*$/, "")}]/`);
}

/** Percent-encodes the UTF-8 of all characters that a request-line cannot carry. */
function parsePath(rest: string): string {
  if (rest === "/") return rest;
  const path = rest.replace(/#[^]*$/, "");
  const encoded = path.replace(/[^\x21-\x7e]+/g, (run) => encodeURIComponent(run.toWellFormed()));
  return encoded.startsWith("/") ? encoded : `/${encoded}`;
}

/** Gives the schemes to try, in order: https, then http for a bare host, unless its port is a well-known one. */
export function schemesToTry({ scheme, port }: Target): readonly Scheme[] {
  if (scheme) return [scheme];
  if (port === DEFAULT_PORT.https) return ["https"];
  return port === DEFAULT_PORT.http ? ["http"] : ["https", "http"];
}

/** Settles the scheme of a target, and the port with it. */
export function settleTarget(target: Target, scheme: Scheme): SettledTarget {
  return { ...target, scheme, port: target.port ?? DEFAULT_PORT[scheme] };
}

/**
 * Formats the authority for `Host` and URLs: brackets around IPv6, no zone (RFC 6874 §4), no default port.
 */
export function formatAuthority(target: SettledTarget): string {
  const host = target.host.includes(":") ? `[${target.host.replace(/%[^]*$/, "")}]` : target.host;
  return target.port === DEFAULT_PORT[target.scheme] ? host : `${host}:${target.port}`;
}

/** Formats the URL of a target without credentials. A zone stays, so that the URL can be probed again. */
export function formatUrl(target: SettledTarget): string {
  const host = target.host.includes(":") ? `[${target.host.replace("%", "%25")}]` : target.host;
  const port = target.port === DEFAULT_PORT[target.scheme] ? "" : `:${target.port}`;
  return `${target.scheme}://${host}${port}${target.path}`;
}
