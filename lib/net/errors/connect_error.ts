/**
 * Explains why a connect failed. Some system errors mean something else for an IP address than for a file.
 *
 * @module
 */

import type { ProbeError } from "../../result.ts";
import { classifyError, codeOf } from "./classify_error.ts";
import { ipFamily } from "../ip_address.ts";

/** The endpoint that could not be reached. */
type EndPoint = { readonly hostname: string } | { readonly path: string };

/**
 * Classifies an error of `Deno.connect()`.
 *
 * @param doing The action, as in {@linkcode classifyError}.
 */
export function connectError(error: unknown, address: EndPoint, doing: string): ProbeError {
  const failure = classifyError(error, "connect", doing);
  if ("path" in address) return failure;
  const { hostname } = address;
  switch (codeOf(error)) {
    // A route prohibits it, or a firewall on the way sent ICMPv6 "administratively prohibited". Deno's own permissions
    // and sandboxes have other codes.
    case "EACCES":
      return unreachable(doing, "a firewall or a route prohibits it (EACCES)");
    case "EINVAL":
      return isLinkLocal(hostname) && !hostname.includes("%")
        ? misused(doing, `a link-local address needs its zone, as in ${hostname}%eth0 (EINVAL)`)
        : unreachable(doing, "the system has no route to it; perhaps a blackhole route (EINVAL)");
  }
  const family = ipFamily(hostname);
  if (family === 6 && codeOf(error) === "EADDRNOTAVAIL" && !hasIpv6()) {
    const message = `Cannot ${doing}: this machine has no IPv6 address (EADDRNOTAVAIL)`;
    return { kind: "unreachable", phase: "connect", by: "local", message };
  }
  // An address needs a lookup only for its zone.
  if (failure.kind === "resolve" && family === 6) {
    const zone = hostname.replace(/^[^%]*%/, "");
    return misused(
      doing,
      `the zone ${zone} is no interface of this machine, or the address is none that has a zone`,
    );
  }
  return failure;
}

function unreachable(doing: string, why: string): ProbeError {
  return { kind: "unreachable", phase: "connect", by: "network", message: `Cannot ${doing}: ${why}` };
}

function misused(doing: string, why: string): ProbeError {
  return { kind: "usage", phase: "connect", by: "local", message: `Cannot ${doing}: ${why}` };
}

/** Matches `fe80::/10`, and multicast with interface or link scope (RFC 4007 §6). */
function isLinkLocal(hostname: string): boolean {
  return /^(?:fe[89ab][0-9a-f]:|ff[0-9a-f][12]:)/i.test(hostname);
}

/**
 * Tells whether this machine has an IPv6 address; if so, it is out of ports. Without IPv6, waiting for ports would
 * delay a whole batch. Without the permission for all hosts, this is unknown.
 */
function hasIpv6(): boolean {
  if (Deno.permissions.querySync({ name: "net" }).state !== "granted") return true;
  try {
    Deno.listen({ hostname: "::1", port: 0 }).close();
    return true;
  } catch (error) {
    return !["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes(codeOf(error));
  }
}
