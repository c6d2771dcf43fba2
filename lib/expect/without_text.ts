/**
 * Removes data from a result that the probe kept only for expectations.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";

/** Removes the text of the body from a result and from its redirects. */
export function withoutText(result: ProbeResult): ProbeResult {
  const redirects = result.redirects.map(withoutText);
  if (result.body === undefined) return { ...result, redirects };
  const { text: _, ...body } = result.body;
  return { ...result, body, redirects };
}
