/**
 * Looks up the addresses of a name with the system's resolver, so that `/etc/hosts` and search domains count.
 *
 * @module
 */

import type { ProbeError } from "../result.ts";
import { classifyError, codeOf } from "./classify_error.ts";
import type { Deadline } from "./deadline.ts";
import { doubtLookup } from "./exhaustion.ts";

/** What a lookup gave. */
export type LookupOutcome =
  | { readonly type: "found"; readonly addresses: readonly string[] }
  | { readonly type: "failed"; readonly error: ProbeError }
  /** Only connecting by name is permitted. */
  | { readonly type: "not-permitted" };

/** Options of {@linkcode lookupAddresses}. */
export interface LookupOptions {
  /** Only addresses of this family. */
  readonly family?: 4 | 6;
  /** Limit of the lookup in milliseconds. */
  readonly limit?: number;
  /** What asks the resolver. */
  readonly resolve?: (host: string, family: 0 | 4 | 6) => Promise<string[]>;
}

/**
 * Looks up the addresses of a name, in the order in which the resolver gives them.
 *
 * The system's resolver cannot be interrupted: after a deadline its answer is ignored when it comes.
 *
 * @param host A name.
 */
export async function lookupAddresses(
  host: string,
  deadline: Deadline,
  options: LookupOptions = {},
): Promise<LookupOutcome> {
  const { family = 0, limit, resolve = askSystem } = options;
  const doing = `look up ${host}`;
  const start = performance.now();
  const { promise: late, resolve: expire } = Promise.withResolvers<ProbeError>();
  deadline.enter("dns", doing, limit, expire);
  if (deadline.expired !== undefined) return { type: "failed", error: deadline.expired };
  try {
    const found = await Promise.race([resolve(host, family), late]);
    if ("kind" in found) return { type: "failed", error: found };
    if (found.length > 0) return { type: "found", addresses: found };
    return { type: "failed", error: noAddress(doing, family) };
  } catch (error) {
    // The only EPERM of a lookup is Deno's own, for a missing --allow-net.
    if (codeOf(error) === "EPERM") return { type: "not-permitted" };
    const failure = doubtLookup(classifyError(error, "dns", doing), start);
    if (failure.message.includes("EAI_NODATA")) {
      return { type: "failed", error: noAddress(doing, family, " (EAI_NODATA)") };
    }
    // With a family, some systems say ENOTFOUND for a name that has only addresses of the other one.
    const alsoOther = family !== 0 && failure.by === "target" ? `, or it has no IPv${family} address` : "";
    return { type: "failed", error: { ...failure, message: failure.message + alsoOther } };
  } finally {
    deadline.leave();
  }
}

function noAddress(doing: string, family: 0 | 4 | 6, code = ""): ProbeError {
  const which = family === 0 ? "address" : `IPv${family} address`;
  return {
    kind: "resolve",
    phase: "dns",
    by: "target",
    message: `Cannot ${doing}: the name has no ${which}${code}`,
  };
}

/** Loads the resolver, so that the time of the first lookup does not include it. */
export async function loadResolver(): Promise<typeof import("node:dns")> {
  return await import("node:dns");
}

async function askSystem(host: string, family: 0 | 4 | 6): Promise<string[]> {
  const { lookup } = await loadResolver();
  const { promise, resolve, reject } = Promise.withResolvers<string[]>();
  lookup(host, { all: true, family, order: "verbatim" }, (error, found) => {
    if (error) reject(error);
    else resolve(found.map(({ address }) => address));
  });
  return await promise;
}
