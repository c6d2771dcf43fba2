/**
 * Finds the addresses to connect to for a request, and checks that connecting to them is permitted.
 *
 * @module
 */

import type { ProbeError } from "../../result.ts";
import { loadResolver } from "./ask_resolver.ts";
import { missingPermission } from "../errors/classify_error.ts";
import type { Deadline } from "../deadline.ts";
import type { DialRequest } from "./dial_request.ts";
import { ipFamily } from "../ip_address.ts";
// Loaded before the first name: later the process may have no descriptor left to load a module, and Deno would panic.
import { lookupAddresses } from "./lookup.ts";
import type { SocketAddress } from "./open_socket.ts";
import { hostAndPort, mayConnect, missingForUnixSocket } from "../permission.ts";
import { specialPurpose } from "./special_address.ts";

/** Addresses to connect to, in order, or the error of the lookup. */
export type DialTargets =
  & ({ readonly targets: readonly SocketAddress[] } | { readonly error: ProbeError })
  /** Duration of the lookup in milliseconds, if one was made. */
  & { readonly dns?: number };

/** Tells whether a lookup is needed. */
export function needsLookup({ host, addresses, unixSocket }: DialRequest): boolean {
  return unixSocket === undefined && addresses === undefined && ipFamily(host) === 0;
}

/** Gives the endpoints of a request that names them; `undefined` if a lookup is needed. */
export function givenTargets(request: DialRequest): DialTargets | undefined {
  const { host, addresses, unixSocket } = request;
  if (unixSocket !== undefined) {
    return request.denyPrivate
      ? denied(unixSocket, "a Unix socket is on this machine")
      : unixTarget(unixSocket);
  }
  return needsLookup(request) ? undefined : permitted(given(addresses ?? [host], request), request);
}

/**
 * Looks up the endpoints of a request.
 *
 * @param limit Milliseconds for the lookup.
 */
export async function lookUpTargets(
  request: DialRequest,
  deadline: Deadline,
  limit: number | undefined,
): Promise<DialTargets> {
  return permitted(await lookedUp(request, deadline, limit), request);
}

function permitted(found: DialTargets, request: DialRequest): DialTargets {
  return request.denyPrivate && "targets" in found
    ? { ...found, ...onlyPublic(found.targets, request) }
    : found;
}

/**
 * Gives the targets, or an error if one of them is not on the public internet. A name with both public and private
 * addresses is a trap or a mistake.
 */
function onlyPublic(
  targets: readonly SocketAddress[],
  { host, port }: DialRequest,
): { readonly targets: readonly SocketAddress[] } | { readonly error: ProbeError } {
  for (const target of targets) {
    if ("path" in target) continue;
    const { hostname } = target;
    if (ipFamily(hostname) === 0) {
      // Deno would look the name up again, and might connect to another address.
      const name = hostAndPort(host, port);
      return {
        error: missingPermission(
          "connect",
          `connect to ${name} with --deny-private`,
          ["--allow-net"],
          `--allow-net=${name} leaves the choice of the address to Deno`,
        ),
      };
    }
    const special = specialPurpose(hostname);
    const is = hostname === host ? "it is" : `${hostname} is`;
    if (special !== undefined) return denied(hostAndPort(host, port), `${is} ${special}`);
  }
  return { targets };
}

function denied(target: string, cause: string): { readonly error: ProbeError } {
  const message = `Cannot connect to ${target}: ${cause}, and --deny-private refuses those`;
  return { error: { kind: "permission", phase: "connect", by: "local", message } };
}

function unixTarget(path: string): DialTargets {
  const missing = missingForUnixSocket(path);
  if (missing.length === 0) return { targets: [{ path }] };
  return { error: missingPermission("connect", `connect to ${path}`, missing) };
}

function given(addresses: readonly string[], { host, port, family }: DialRequest): DialTargets {
  const usable = addresses.filter((address) => family === undefined || ipFamily(address) === family);
  if (usable.length === 0) {
    const [other] = addresses;
    const cause = other === undefined
      ? `no IPv${family} address is given`
      : `${other} is an IPv${ipFamily(other)} address, and only IPv${family} is allowed`;
    const message = `Cannot connect to ${hostAndPort(host, port)}: ${cause}`;
    return { error: { kind: "usage", phase: "dns", by: "local", message } };
  }
  const forbidden = usable.find((address) => !mayConnect(address, port));
  return forbidden === undefined ? { targets: withPort(usable, port) } : notPermitted(forbidden, port);
}

async function lookedUp(
  { host, port, family }: DialRequest,
  deadline: Deadline,
  limit: number | undefined,
): Promise<DialTargets> {
  await loadResolver(host);
  const start = performance.now();
  const found = await lookupAddresses(host, deadline, { family, limit });
  const dns = performance.now() - start - (found.queued ?? 0);
  if (found.type === "failed") return { error: found.error, dns };
  if (found.type === "found" && found.addresses.every((address) => mayConnect(address, port))) {
    return { targets: withPort(found.addresses, port), dns };
  }
  // --allow-net=NAME permits connecting to the name but not to its addresses. Deno then looks up the name again, so the
  // duration of our own lookup would mean nothing.
  return mayConnect(host, port) ? { targets: withPort([host], port) } : notPermitted(host, port);
}

function withPort(hostnames: readonly string[], port: number): SocketAddress[] {
  return hostnames.map((hostname) => ({ hostname, port }));
}

function notPermitted(host: string, port: number): { readonly error: ProbeError } {
  const target = hostAndPort(host, port);
  return { error: missingPermission("connect", `connect to ${target}`, [`--allow-net=${target}`]) };
}
