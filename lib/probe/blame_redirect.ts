/**
 * Decides whose fault it is that the target of a redirect cannot be requested.
 *
 * @module
 */

import type { ProbeError, ProbeResult } from "../result.ts";

/**
 * Tells whether the author of the target made a mistake: a link-local address without a zone, or a name that Deno does
 * not look up. Misuse found before connecting comes from the options.
 */
function isOfTheWriter({ by, kind, phase }: ProbeError): boolean {
  return by === "local" && (kind === "resolve" || (kind === "usage" && phase === "connect"));
}

/**
 * Blames the server that sent a `Location` for a mistake in it; for the caller's own target, the caller made the
 * mistake.
 *
 * @param result The failed hop.
 * @param from The hop that led to it.
 */
export function blameRedirect(result: ProbeResult, from: ProbeResult): ProbeResult {
  const { error } = result;
  if (error === undefined || !isOfTheWriter(error)) return result;
  const cause = error.message.replace(/^C/, "c");
  const message = `Cannot follow the redirect of ${from.method} ${from.url}: ${cause}`;
  return { ...result, error: { kind: "redirect", phase: error.phase, by: "target", message } };
}
