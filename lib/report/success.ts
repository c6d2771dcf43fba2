/**
 * What monitoring takes for a success.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";

/**
 * Whether monitoring should take a result for a success: it is ok, and where no expectation says what the status may
 * be, the status is below 400.
 */
export function isSuccess({ ok, status, checks }: ProbeResult): boolean {
  return ok && (checks.length > 0 || (status ?? 0) < 400);
}
