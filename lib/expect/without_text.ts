/**
 * A result without what was kept for expectations only.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";

/** A result without the text of the body, where that was kept for expectations only. */
export function withoutText(result: ProbeResult): ProbeResult {
  const redirects = result.redirects.map(withoutText);
  if (result.body === undefined) return { ...result, redirects };
  const { text: _, ...body } = result.body;
  return { ...result, body, redirects };
}
