/**
 * Explains why a connect failed. Some errors of the system mean something else for an IP address than for a file.
 *
 * @module
 */

import type { ProbeError } from "../../result.ts";
import { classifyError, codeOf } from "./classify_error.ts";
import { ipFamily } from "../ip_address.ts";

/** The place that could not be connected to. */
type EndPoint = { readonly hostname: string } | { readonly path: string };

/**
 * Classifies an error of `Deno.connect()`.
 *
 * @param doing As in {@linkcode classifyError}.
 */
export function connectError(error: unknown, address: EndPoint, doing: string): ProbeError {
  const failure = classifyError(error, "connect", doing);
  if ("path" in address) return failure;
  const { hostname } = address;
  switch (codeOf(error)) {
    // A route that prohibits it, or an ICMPv6 "administratively prohibited" of a firewall on the way; Deno's own
    // permissions and those of sandboxes have other codes.
    case "EACCES":
      return unreachable(doing, "a firewall or a route prohibits it (EACCES)");
    case "EINVAL":
      return isLinkLocal(hostname) && !hostname.includes("%")
        ? misused(doing, `a link-local address needs its zone, as in ${hostname}%eth0 (EINVAL)`)
        : unreachable(doing, "the system has no way to it, as with a blackhole route (EINVAL)");
  }
  const family = ipFamily(hostname);
  if (family === 6 && codeOf(error) === "EADDRNOTAVAIL" && !hasIpv6()) {
    const message = `Cannot ${doing}: this machine has no IPv6 address (EADDRNOTAVAIL)`;
    return { kind: "unreachable", phase: "connect", by: "local", message };
  }
  // An address has to be looked up only for its zone.
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

/** `fe80::/10`, and multicast of the scope of an interface or a link (RFC 4007 §6). */
function isLinkLocal(hostname: string): boolean {
  return /^(?:fe[89ab][0-9a-f]:|ff[0-9a-f][12]:)/i.test(hostname);
}

/**
 * Tells whether this machine has an IPv6 address, so that ports are missing. Waiting for ports where IPv6 is switched
 * off would hold up a whole batch. Without the permission for all hosts it cannot be told.
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
