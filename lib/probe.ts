/**
 * One target → one result.
 *
 * @module
 */

import type { ProbeResult } from "./result.ts";
import {
  formatUrl,
  parseTarget,
  schemesToTry,
  type SettledTarget,
  settleTarget,
  type Target,
} from "./target.ts";
import { type HopContext, probeHop } from "./probe/hop.ts";
import type { ProbeOptions } from "./probe/options.ts";
import { mayBePlain } from "./probe/plain_fallback.ts";
import { findRedirect, redirectRequest } from "./probe/redirect.ts";

/**
 * Sends one request and says everything that was seen: status and headers, framing, deviations, the time of each
 * phase, TLS, and what the connection did afterwards. Needs `--allow-net` for the target, nothing else.
 *
 * Nothing that a peer or the network does makes it throw; that is the result's `error`. Every wait has a deadline.
 *
 * @param target A URL or host as {@linkcode parseTarget} reads it, or what that gave
 * @returns The result; `ok` says whether a complete final response was read
 * @throws {SyntaxError} If the target is no URL and no host
 * @throws {TypeError} If the options make no valid request
 *
 * @example Usage
 * ```ts
 * import { probe } from "./probe.ts";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const result = await probe(`http://127.0.0.1:${server.addr.port}/`, { keepText: true });
 * assertEquals(result.status, 200);
 * assertEquals(result.body?.text, "hi");
 * assertEquals(result.connection?.announced?.persistent, true);
 * ```
 */
export async function probe(target: string | Target, options: ProbeOptions = {}): Promise<ProbeResult> {
  const parsed = typeof target === "string" ? parseTarget(target) : target;
  const startedAt = performance.now();
  const schemes = schemesToTry(parsed);
  const attempts: NonNullable<ProbeResult["attempts"]> = [];
  for (const [index, scheme] of schemes.entries()) {
    const context = { options, startedAt, connectionNumber: index + 1 };
    const result = await followRedirects(settleTarget(parsed, scheme), context);
    if (index === schemes.length - 1 || !mayBePlain(result)) {
      return attempts.length > 0 ? { ...result, attempts } : result;
    }
    attempts.push({ error: result.error!, total: result.timings.total });
  }
  throw new Error("Cannot probe without a scheme: unreachable");
}

async function followRedirects(target: SettledTarget, first: HopContext): Promise<ProbeResult> {
  const limit = first.options.redirects ?? 0;
  const hops: ProbeResult[] = [];
  let context = first;
  let current = target;
  while (true) {
    const result = await probeHop(current, context);
    const next = result.error || result.status === undefined || limit === 0
      ? { type: "none" } as const
      : findRedirect(result.status, result.headers ?? [], current);
    if (next.type === "none") return { ...result, redirects: hops };
    if (next.type === "invalid") return refuseRedirect(result, hops, next.cause);
    const options = {
      ...context.options,
      ...redirectRequest(context.options, result.status!, current, next.target),
    };
    const url = formatUrl(next.target);
    const known = [...hops, result].some((hop) =>
      hop.url === url && hop.method === (options.method ?? "GET")
    );
    if (known) return refuseRedirect(result, hops, `it leads in a loop, back to ${url}`);
    if (hops.length === limit) {
      return refuseRedirect(result, hops, `it is one more than the limit of ${limit}`);
    }
    hops.push(result);
    context = { ...context, options, connectionNumber: context.connectionNumber + 1 };
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
