/**
 * Whose fault it is that the target of a redirect cannot be asked.
 *
 * @module
 */

import type { ProbeError, ProbeResult } from "../result.ts";

/**
 * Tells whether the author of the target made a mistake: a link-local address without a zone, or a name that Deno does not look
 * up. Misuse that shows before anything is connected to lies in the options.
 */
function isOfTheWriter({ by, kind, phase }: ProbeError): boolean {
  return by === "local" && (kind === "resolve" || (kind === "usage" && phase === "connect"));
}

/**
 * Blames the server that sent a `Location` for a mistake in it; in a target of the caller the mistake would be the caller's.
 *
 * @param result The hop that failed.
 * @param from The hop that led to it.
 */
export function blameRedirect(result: ProbeResult, from: ProbeResult): ProbeResult {
  const { error } = result;
  if (error === undefined || !isOfTheWriter(error)) return result;
  const cause = error.message.replace(/^C/, "c");
  const message = `Cannot follow the redirect of ${from.method} ${from.url}: ${cause}`;
  return { ...result, error: { kind: "redirect", phase: error.phase, by: "target", message } };
}
