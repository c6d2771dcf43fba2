/**
 * Plans a connection: turns a target and options into the place to dial.
 *
 * @module
 */

import type { DialRequest } from "../net/dial/dial.ts";
import type { SettledTarget } from "../target/target.ts";
import type { ConnectToRule, ReachOptions, ResolveRule } from "./options.ts";
import { planTls } from "./plan_tls.ts";

/** Protocols to offer in ALPN (RFC 7301) by default: the only one that sonde speaks. */
const ALPN = ["http/1.1"];

/** Plans the connection to a target. */
export function planDial(target: SettledTarget, options: ReachOptions = {}): DialRequest {
  const { family, unixSocket, denyPrivate = false } = options;
  const plan: { -readonly [Key in keyof DialRequest]: DialRequest[Key] } = planEndPoint(target, options);
  if (family !== undefined) plan.family = family;
  if (unixSocket !== undefined) plan.unixSocket = unixSocket;
  if (denyPrivate) plan.denyPrivate = denyPrivate;
  if (target.scheme === "https") plan.tls = planTls(target.host, { ...options, alpn: options.alpn ?? ALPN });
  return plan;
}

/** Finds the host and port to connect to, and the addresses of the host if rules name them. */
export function planEndPoint(
  target: SettledTarget,
  { resolve, connectTo }: Pick<ReachOptions, "resolve" | "connectTo">,
): Pick<DialRequest, "host" | "port" | "addresses"> {
  const redirected = connectTo && findConnectTo(connectTo, target);
  const host = redirected?.toHost ?? target.host;
  const port = redirected?.toPort ?? target.port;
  const resolved = resolve && findResolve(resolve, host, port);
  return resolved ? { host, port, addresses: resolved.addresses } : { host, port };
}

function findConnectTo(rules: readonly ConnectToRule[], target: SettledTarget): ConnectToRule | undefined {
  return rules.find(({ host, port }) =>
    (host === undefined || isSameHost(host, target.host)) && (port === undefined || port === target.port)
  );
}

/** As with curl, a rule for the host has priority over a rule for every host. */
function findResolve(rules: readonly ResolveRule[], host: string, port: number): ResolveRule | undefined {
  return rules.findLast((rule) => rule.port === port && isSameHost(rule.host, host)) ??
    rules.findLast((rule) => rule.port === port && rule.host === "*");
}

/** Removes a trailing dot, which makes a name absolute and leads to the same server. */
function isSameHost(one: string, other: string): boolean {
  return one === other || one.replace(/\.$/, "") === other.replace(/\.$/, "");
}
