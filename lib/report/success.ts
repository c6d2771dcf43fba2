/**
 * Judges results for monitoring.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";

/**
 * Tells whether monitoring counts a result as a success: it is ok and, unless an expectation is about the
 * status, the status is below 400.
 */
export function isSuccess({ ok, status, checks }: ProbeResult): boolean {
  return ok && (checks.length > 0 || (status ?? 0) < 400);
}
