/**
 * Recognises that this machine has no network, so that no target is blamed for it.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";

/** Addresses that lead to no other network: loopback and link-local. */
const LEADS_NOWHERE = /^(?:127\.|169\.254\.|::1$|fe[89ab])/i;

/**
 * Makes a fault of the network one of this machine if the machine has no address in any network.
 *
 * @param readAddresses Reads the addresses of this machine; `undefined` if it may not
 */
export function blameOwnNetwork(
  result: ProbeResult,
  readAddresses: () => readonly string[] | undefined = readOwnAddresses,
): ProbeResult {
  const { error } = result;
  if (error?.by !== "network" || error.kind !== "unreachable" && error.kind !== "resolve") return result;
  const addresses = readAddresses();
  if (addresses === undefined || addresses.some((address) => !LEADS_NOWHERE.test(address))) return result;
  const message = `${error.message}; this machine has no network`;
  return { ...result, error: { ...error, by: "local", message } };
}

function readOwnAddresses(): readonly string[] | undefined {
  const { state } = Deno.permissions.querySync({ name: "sys", kind: "networkInterfaces" });
  return state === "granted" ? Deno.networkInterfaces().map(({ address }) => address) : undefined;
}
