/**
 * From a target and options to what is dialled.
 *
 * @module
 */

import type { DialRequest } from "../net/dial.ts";
import type { SettledTarget } from "../target.ts";
import type { ReachOptions } from "./options.ts";

/** Protocols offered by ALPN (RFC 7301) where none are given: the only one that is spoken here. */
const ALPN = ["http/1.1"];

/** Says where to connect for a target, and with what TLS. */
export function planDial(target: SettledTarget, options: ReachOptions = {}): DialRequest {
  const { family, resolve = [], connectTo = [], unixSocket, denyPrivate = false } = options;
  const redirected = connectTo.find((rule) =>
    (rule.host === undefined || rule.host === target.host) &&
    (rule.port === undefined || rule.port === target.port)
  );
  const host = redirected?.toHost ?? target.host;
  const port = redirected?.toPort ?? target.port;
  const rules = resolve.filter((rule) => rule.port === port);
  // As with curl, a rule for the host counts before one for every host.
  const resolved = rules.findLast((rule) => rule.host === host) ??
    rules.findLast((rule) => rule.host === "*");
  return {
    host,
    port,
    ...(family !== undefined && { family }),
    ...(resolved && { addresses: resolved.addresses }),
    ...(unixSocket !== undefined && { unixSocket }),
    ...(denyPrivate && { denyPrivate }),
    ...(target.scheme === "https" && { tls: planTls(target, options) }),
  };
}

function planTls(target: SettledTarget, options: ReachOptions): NonNullable<DialRequest["tls"]> {
  const { sni, alpn = ALPN, verify = true, caCerts, cert, key } = options;
  return {
    // RFC 6066 §3: SNI is without the trailing dot; a zone means nothing to the other side.
    serverName: sni ?? target.host.replace(/%[^]*$/, "").replace(/\.$/, ""),
    alpn,
    verify,
    ...(caCerts && { caCerts }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}
