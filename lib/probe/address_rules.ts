/**
 * Reads rules for addresses, as `--resolve` and `--connect-to` take them.
 *
 * @module
 */

import { ipFamily } from "../net/ip_address.ts";
import { parseTarget } from "../target/target.ts";
import type { ConnectToRule, ResolveRule } from "./options.ts";

/** Matches a host, which is in brackets if it contains colons. */
const HOST = String.raw`(\[[^\[\]]+\]|[^:\[\]]*)`;
const RESOLVE = new RegExp(`^${HOST}:(\\d+):(.+)$`);
const CONNECT_TO = new RegExp(`^${HOST}:(\\d*):${HOST}:(\\d*)$`);

/**
 * Reads `HOST:PORT:ADDRESS[,ADDRESS…]`. IPv6 addresses may be in brackets; the result has no brackets.
 *
 * @throws {SyntaxError} If the text has another form, or an address is not an IP address.
 * @throws {RangeError} If the port is not from 1 to 65535.
 */
export function parseResolve(text: string): ResolveRule {
  const [, host = "", port = "", addresses = ""] = RESOLVE.exec(text) ?? [];
  if (host === "") {
    throw new SyntaxError(`Cannot parse "${text}": write HOST:PORT:ADDRESS, as in example.com:443:127.0.0.1`);
  }
  return {
    // In curl, + makes the rule expire after a minute. Rules of sonde last for the whole run, so + changes
    // nothing.
    host: host === "*" ? host : parseHost(host.replace(/^\+/, ""), text),
    port: parsePort(port, text),
    addresses: addresses.split(",").map((address) => parseAddress(address, text)),
  };
}

/**
 * Reads `HOST1:PORT1:HOST2:PORT2`, where every part may be empty.
 *
 * @throws {SyntaxError} If the text has another form.
 * @throws {RangeError} If a port is not from 1 to 65535.
 */
export function parseConnectTo(text: string): ConnectToRule {
  const [match, host = "", port = "", toHost = "", toPort = ""] = CONNECT_TO.exec(text) ?? [];
  if (match === undefined) {
    throw new SyntaxError(
      `Cannot parse "${text}": write HOST1:PORT1:HOST2:PORT2, as in example.com:443:backend-3:8443 or ::backend-3:`,
    );
  }
  return {
    host: host === "" ? undefined : parseHost(host, text),
    port: port === "" ? undefined : parsePort(port, text),
    toHost: toHost === "" ? undefined : parseHost(toHost, text),
    toPort: toPort === "" ? undefined : parsePort(toPort, text),
  };
}

/** Normalises a host as a target does, so that all spellings of a name or an address mean the same. */
function parseHost(text: string, whole: string): string {
  try {
    if (!/[/?#@]/.test(text)) return parseTarget(`http://${text}`).host;
  } catch {
    // The error below shows the whole value.
  }
  throw new SyntaxError(`Cannot use "${text}" in "${whole}": it is neither a name nor an address`);
}

function withoutBrackets(host: string): string {
  return host.startsWith("[") ? host.slice(1, -1) : host;
}

function parsePort(digits: string, text: string): number {
  const port = Number(digits);
  if (port < 1 || port > 65_535) {
    throw new RangeError(`Cannot use port ${digits} in "${text}": write 1 to 65535`);
  }
  return port;
}

function parseAddress(text: string, whole: string): string {
  const address = withoutBrackets(text);
  if (ipFamily(address) === 0) {
    throw new SyntaxError(`Cannot use "${text}" in "${whole}": write an IPv4 or IPv6 address`);
  }
  return address;
}
