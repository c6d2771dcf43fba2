/**
 * Looks up the addresses of a name with the system's resolver, so that `/etc/hosts` and search domains count.
 *
 * @module
 */

import type { ProbeError } from "../../result.ts";
import { askResolver } from "./ask_resolver.ts";
import { classifyError, codeOf } from "../errors/classify_error.ts";
import type { Deadline } from "../deadline.ts";
import { doubtLookup } from "../errors/exhaustion.ts";
import { mayConnect } from "../permission.ts";
import { MOST_LOOKUPS, takeLookupSlot } from "./lookup_slots.ts";

/** The outcome of a lookup. */
export type LookupOutcome =
  & (
    | { readonly type: "found"; readonly addresses: readonly string[] }
    | { readonly type: "failed"; readonly error: ProbeError }
    /** Deno permits connecting only by name. */
    | { readonly type: "not-permitted" }
  )
  /** Milliseconds that the lookup waited for its turn while others were running. */
  & { readonly queued?: number };

/** Options of {@linkcode lookupAddresses}. */
export interface LookupOptions {
  /** Use only addresses of this family. */
  readonly family?: 4 | 6 | undefined;
  /** Limit of the lookup in milliseconds. */
  readonly limit?: number | undefined;
  /** Asks the resolver. */
  readonly resolve?: ((host: string, family: 0 | 4 | 6) => Promise<string[]>) | undefined;
}

/**
 * Looks up the addresses of a name, in the order in which the resolver gives them.
 *
 * The system's resolver cannot be interrupted. After a deadline its answer is ignored, and until it comes the lookup
 * counts among the {@linkcode MOST_LOOKUPS} that may run at once. If the turn of a lookup does not come before the
 * deadline, that is a local fault.
 *
 * @param host A name.
 */
export async function lookupAddresses(
  host: string,
  deadline: Deadline,
  options: LookupOptions = {},
): Promise<LookupOutcome> {
  const { family = 0, limit, resolve = askResolver } = options;
  // Without this, Deno asks on a terminal.
  if (options.resolve === undefined && !mayConnect(host)) return { type: "not-permitted" };
  const doing = `look up ${host}`;
  const start = performance.now();
  const { promise: late, resolve: expire } = Promise.withResolvers<ProbeError>();
  deadline.enter("dns", doing, limit, expire);
  if (deadline.expired !== undefined) return { type: "failed", error: deadline.expired };
  const slot = takeLookupSlot();
  const atOnce = slot.beganAt !== undefined;
  const queued = (): { queued?: number } => atOnce ? {} : { queued: (slot.beganAt ?? start) - start };
  const failed = (error: ProbeError): LookupOutcome => ({ type: "failed", error, ...queued() });
  try {
    const early = atOnce ? undefined : await Promise.race([slot.turn, late]);
    if (early) {
      slot.release();
      return { type: "failed", error: early.kind === "timeout" ? crowded(doing) : early };
    }
    const found = await Promise.race([resolve(host, family).finally(slot.release), late]);
    if ("kind" in found) return failed(found);
    if (found.length > 0) return { type: "found", addresses: found, ...queued() };
    return failed(noAddress(doing, family));
  } catch (error) {
    // The only EPERM of a lookup is Deno's own error for a missing --allow-net.
    if (codeOf(error) === "EPERM") return { type: "not-permitted" };
    const failure = doubtLookup(classifyError(error, "dns", doing), start);
    if (codeOf(error) === "EAI_NODATA" && failure.kind === "resolve") {
      return failed(neverAsked(doing, host) ?? noAddress(doing, family, " (EAI_NODATA)"));
    }
    // With a family, some systems report ENOTFOUND for a name that has only addresses of the other family.
    const alsoOther = family !== 0 && failure.by === "target" ? `, or it has no IPv${family} address` : "";
    return failed({ ...failure, message: failure.message + alsoOther });
  } finally {
    deadline.leave();
  }
}

function crowded(doing: string): ProbeError {
  const message =
    `Cannot ${doing}: it was not asked for in time, as ${MOST_LOOKUPS} lookups were under way, ` +
    "which wait for name servers that do not answer";
  return { kind: "resource", phase: "dns", by: "local", message };
}

/** Characters of the longest written name (RFC 1035 §2.3.4). */
const LONGEST_NAME = 253;

/** Deno passes some names to no resolver. Their lookup fails with the code of a name without addresses. */
function neverAsked(doing: string, host: string): ProbeError | undefined {
  const common = { kind: "resolve", phase: "dns" } as const;
  const missing = (why: string): ProbeError => ({
    ...common,
    by: "target",
    message: `Cannot ${doing}: the name does not exist, ${why}`,
  });
  if (/^\.|\.\./.test(host)) return missing("one of its labels is empty");
  if (host.replace(/\.$/, "").length > LONGEST_NAME) {
    return missing(`it has more than ${LONGEST_NAME} characters`);
  }
  const odd = /[^\w.-]/.exec(host)?.[0];
  if (odd === undefined) return undefined;
  const message =
    `Cannot ${doing}: Deno does not look up names that contain "${odd}", give the address with --resolve`;
  return { ...common, by: "local", message };
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
