/**
 * Reads the keys of a check that choose the way to the server.
 *
 * @module
 */

import { decodePem } from "../../net/certificate/decode_pem.ts";
import { readAuthorities, readClient } from "../../net/certificate/read_credentials.ts";
import { ipFamily } from "../../net/ip_address.ts";
import { checkAlpn } from "../../net/tls/alpn.ts";
import { parseServerName } from "../../net/tls/server_name.ts";
import { parseConnectTo, parseResolve } from "../../probe/address_rules.ts";
import type { ConnectToRule, ReachOptions } from "../../probe/options.ts";
import { settleTarget, type Target } from "../../target/target.ts";
import { asText, type EntryReader } from "./entry_reader.ts";

/**
 * Reads the options for reaching the server.
 *
 * @param target Target of the check; absent if its URL is a mistake
 */
export function parseReach(reader: EntryReader, target: Target | undefined): ReachOptions {
  const address = reader.read("address", (value) => parseAddress(reader.resolve(asText(value)), target));
  const rules = reader.texts("connectTo", parseConnectTo);
  return {
    family: reader.flag("ipv4") ? 4 : reader.flag("ipv6") ? 6 : undefined,
    resolve: reader.texts("resolve", parseResolve),
    connectTo: address === undefined ? rules : [address, ...rules ?? []],
    unixSocket: reader.path("unixSocket"),
    denyPrivate: reader.flag("denyPrivate"),
    sni: reader.read("sni", (value) => parseServerName(reader.resolve(asText(value)))),
    alpn: readAlpn(reader),
    verify: reader.flag("verify"),
    ...readTls(reader),
  };
}

/** Reads `HOST`, `HOST:PORT`, `[IPv6]:PORT` or a bare IPv6 address: the place to connect to for the host of the URL. */
function parseAddress(text: string, target: Target | undefined): ConnectToRule {
  const bare = ipFamily(text) === 6 ? `[${text}]` : text;
  const [host, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(bare)?.slice(1) ?? [];
  if (host === undefined || host === "") {
    throw new SyntaxError(`Cannot parse "${text}": write ADDRESS or ADDRESS:PORT, as in 192.0.2.7:8443`);
  }
  const { toHost, toPort } = parseRule(`::${host}:${port ?? ""}`, text);
  // Without a port, redirects from http to https of the same host lead to the same address.
  return { host: target?.host, port: port === undefined ? undefined : portOf(target), toHost, toPort };
}

/** Parses a rule that was made of an address, and names that address in the error. */
function parseRule(rule: string, address: string): ConnectToRule {
  try {
    return parseConnectTo(rule);
  } catch (error) {
    const shown = JSON.stringify(address);
    const message = (error as Error).message.replace(JSON.stringify(rule), shown);
    throw new SyntaxError(message.replace(`${shown} in ${shown}`, shown));
  }
}

/** Gives the port of a target; `undefined` if the scheme, which decides, is not settled yet. */
function portOf(target: Target | undefined): number | undefined {
  return target?.scheme === undefined ? target?.port : settleTarget(target, target.scheme).port;
}

function readAlpn(reader: EntryReader): string[] | undefined {
  const names = reader.texts("alpn", (text) => text);
  if (names !== undefined) reader.attempt("alpn", () => checkAlpn(names));
  return names;
}

/** Reads the files of `cacert`, `cert` and `key`, and checks that TLS can use them. */
function readTls(reader: EntryReader): Pick<ReachOptions, "caCerts" | "cert" | "key"> {
  const before = reader.problems;
  const cacert = readPem(reader, "cacert");
  const cert = readPem(reader, "cert");
  const key = readPem(reader, "key");
  if (cacert !== undefined) reader.attempt("cacert", () => readAuthorities(cacert));
  // A key without a certificate is a mistake of its own.
  if (cert !== undefined && reader.problems === before) reader.attempt("cert", () => readClient(cert, key));
  return { caCerts: cacert === undefined ? undefined : [cacert], cert, key };
}

function readPem(reader: EntryReader, key: string): string | undefined {
  const path = reader.text(key);
  return path === undefined ? undefined : reader.attempt(key, () => decodePem(reader.files.read(path), path));
}
