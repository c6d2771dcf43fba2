/**
 * Distinguishes names that do not exist from names whose lookup failed because file descriptors had run out.
 *
 * The resolver needs descriptors for `/etc/hosts` and for the name servers. If none is free, it reports that the name
 * does not exist, which would blame the target for a local fault.
 *
 * @module
 */

import type { ProbeError } from "../../result.ts";
import { codeOf } from "./classify_error.ts";

/**
 * Descriptors come and go by the millisecond, so a failed lookup within this many milliseconds of a shortage is
 * doubted.
 */
const DOUBT = 1_000;

let lastSeen = -Infinity;

/**
 * Gives the same error, or `resource` in place of `resolve` if this process was out of descriptors at about that time.
 *
 * @param since `performance.now()` when the attempt began.
 */
export function doubtLookup(error: ProbeError, since: number): ProbeError {
  if (error.kind !== "resolve" || !wasExhausted(since)) return error;
  const message =
    `${error.message}, but this process is out of file descriptors, and the resolver needs some (EMFILE)`;
  return { ...error, kind: "resource", by: "local", message };
}

/** Remembers a shortage if the error shows one. */
export function noteExhaustion(error: unknown): void {
  const code = codeOf(error);
  if (code === "EMFILE" || code === "ENFILE") lastSeen = performance.now();
}

function wasExhausted(since: number): boolean {
  if (lastSeen < since - DOUBT) takeDescriptor();
  return lastSeen >= since - DOUBT;
}

/** Tests whether a descriptor is free. Without the permission for all hosts, runs are too small to need this test. */
function takeDescriptor(): void {
  if (Deno.permissions.querySync({ name: "net" }).state !== "granted") return;
  try {
    Deno.listen({ hostname: "127.0.0.1", port: 0 }).close();
  } catch (error) {
    noteExhaustion(error);
  }
}
