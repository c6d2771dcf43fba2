import type { ProbeResult } from "../result.ts";

/** From this share of the limit on the time was lost here, and not by the target. */
const SHARE = 0.5;

/**
 * A result whose time ran out while this process had no time to look is a local fault: it says nothing of the target.
 *
 * @param limit Milliseconds that the whole exchange was given.
 */
export function blameLag(result: ProbeResult, limit: number): ProbeResult {
  const { error, timings: { lag = 0 } } = result;
  if (error?.kind !== "timeout" || lag < limit * SHARE) return result;
  const message = `${error.message}; for ${Math.round(lag)} ms of these this process was not run or busy`;
  return { ...result, error: { ...error, by: "local", message } };
}
