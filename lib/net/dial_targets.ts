/**
 * Finds out what to connect to for a request, and whether that is permitted.
 *
 * @module
 */

import type { ProbeError } from "../result.ts";
import { missingPermission } from "./classify_error.ts";
import type { Deadline } from "./deadline.ts";
import type { DialRequest } from "./dial_request.ts";
import { ipFamily } from "./ip_address.ts";
import { loadResolver, lookupAddresses } from "./lookup.ts";
import type { SocketAddress } from "./open_socket.ts";
import { hostAndPort, mayConnect, missingForUnixSocket } from "./permission.ts";

/** What to connect to, in order, or why that is not known. */
export type DialTargets =
  & ({ readonly targets: readonly SocketAddress[] } | { readonly error: ProbeError })
  /** Duration of the lookup in milliseconds, if there was one. */
  & { readonly dns?: number };

/** Whether the addresses have to be asked for. */
export function needsLookup({ host, addresses, unixSocket }: DialRequest): boolean {
  return unixSocket === undefined && addresses === undefined && ipFamily(host) === 0;
}

/**
 * The end points of a request.
 *
 * @param limit Milliseconds for the lookup.
 */
export async function findTargets(
  request: DialRequest,
  deadline: Deadline,
  limit: number | undefined,
): Promise<DialTargets> {
  const { host, addresses, unixSocket } = request;
  if (unixSocket !== undefined) return unixTarget(unixSocket);
  return needsLookup(request)
    ? await lookedUp(request, deadline, limit)
    : given(addresses ?? [host], request);
}

function unixTarget(path: string): DialTargets {
  const missing = missingForUnixSocket(path);
  if (missing === "") return { targets: [{ path }] };
  return { error: missingPermission("connect", `connect to ${path}`, missing) };
}

function given(addresses: readonly string[], { host, port, family }: DialRequest): DialTargets {
  const usable = addresses.filter((address) => family === undefined || ipFamily(address) === family);
  if (usable.length === 0) {
    const message = `Cannot connect to ${hostAndPort(host, port)}: no IPv${family} address is given`;
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
  await loadResolver();
  const start = performance.now();
  const options = { ...(family && { family }), ...(limit !== undefined && { limit }) };
  const found = await lookupAddresses(host, deadline, options);
  const dns = performance.now() - start;
  if (found.type === "failed") return { error: found.error, dns };
  if (found.type === "found" && found.addresses.every((address) => mayConnect(address, port))) {
    return { targets: withPort(found.addresses, port), dns };
  }
  // --allow-net=NAME permits connecting to the name, not to its addresses: then Deno looks it up once more, and the
  // duration of our own lookup would say nothing.
  return mayConnect(host, port) ? { targets: withPort([host], port) } : notPermitted(host, port);
}

function withPort(hostnames: readonly string[], port: number): SocketAddress[] {
  return hostnames.map((hostname) => ({ hostname, port }));
}

function notPermitted(host: string, port: number): { readonly error: ProbeError } {
  const target = hostAndPort(host, port);
  return { error: missingPermission("connect", `connect to ${target}`, `--allow-net=${target}`) };
}
