/**
 * From a target to its answer: the scheme of a bare host is found out, and redirects are followed where asked for.
 *
 * @module
 */

import { LagMeter } from "../time/lag.ts";
import type { ProbeResult } from "../result.ts";
import { formatUrl, schemesToTry, type SettledTarget, settleTarget, type Target } from "../target/target.ts";
import { type HopContext, prepareHop } from "./hop.ts";
import type { ProbeOptions } from "./options.ts";
import { mayBePlain } from "./plain_fallback.ts";

/** Makes one request to a settled target on a connection of its own. */
export type MakeHop = (target: SettledTarget, context: HopContext) => Promise<ProbeResult>;

/**
 * Makes as many hops as it takes: a bare host is tried over https and then http, and each redirect is a hop.
 *
 * @param makeHop Makes one of them
 * @returns The result of the last hop, with those before it
 */
export async function followTarget(
  target: Target,
  options: ProbeOptions,
  makeHop: MakeHop,
): Promise<ProbeResult> {
  const schemes = schemesToTry(target);
  // What has to be loaded first is no time of the probe, and counts for no limit.
  await prepareHop(settleTarget(target, schemes[0]!), options);
  using lag = new LagMeter();
  const startedAt = performance.now();
  const follow = options.maxRedirects ? followRedirects : probeOnce;
  const attempts: NonNullable<ProbeResult["attempts"]> = [];
  for (let index = 0;; index++) {
    const hasAlternative = index < schemes.length - 1;
    const context = {
      options,
      startedAt,
      lag,
      connectionNumber: index + 1,
      prepared: index === 0,
      hasAlternative,
    };
    const result = await follow(settleTarget(target, schemes[index]!), context, makeHop);
    if (!hasAlternative || !mayBePlain(result)) {
      return attempts.length > 0 ? { ...result, attempts } : result;
    }
    attempts.push({ error: result.error!, total: result.timings.total, url: result.url });
  }
}

function probeOnce(target: SettledTarget, context: HopContext, makeHop: MakeHop): Promise<ProbeResult> {
  return makeHop(target, context);
}

async function followRedirects(
  target: SettledTarget,
  first: HopContext,
  makeHop: MakeHop,
): Promise<ProbeResult> {
  const { findRedirect, redirectRequest } = await import("./redirect.ts");
  const { blameRedirect } = await import("./blame_redirect.ts");
  const limit = first.options.maxRedirects ?? 0;
  const hops: ProbeResult[] = [];
  let context = first;
  let current = target;
  while (true) {
    const result = await makeHop(current, context);
    const next = result.error || result.status === undefined
      ? { type: "none" } as const
      : findRedirect(result.status, result.headers ?? [], current);
    if (next.type === "none") {
      const from = hops.at(-1);
      result.redirects = hops;
      return from === undefined ? result : blameRedirect(result, from);
    }
    if (next.type === "invalid") return refuseRedirect(result, hops, next.cause);
    const options = redirectRequest(context.options, result.status!, current, next.target);
    const url = formatUrl(next.target);
    const known = [...hops, result].some((hop) =>
      hop.url === url && hop.method === (options.method ?? "GET")
    );
    if (known) return refuseRedirect(result, hops, `it leads in a loop, back to ${url}`);
    if (hops.length >= limit) {
      return refuseRedirect(result, hops, `it is one more than the limit of ${limit}`);
    }
    hops.push(result);
    context = {
      ...context,
      options,
      connectionNumber: context.connectionNumber + 1,
      prepared: false,
      hasAlternative: false,
    };
    current = next.target;
  }
}

function refuseRedirect(result: ProbeResult, hops: ProbeResult[], cause: string): ProbeResult {
  const message = `Cannot follow the redirect of ${result.method} ${result.url}: ${cause}`;
  return {
    ...result,
    ok: false,
    error: { kind: "redirect", phase: "head", by: "target", message },
    redirects: hops,
  };
}
