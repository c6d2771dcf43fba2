import type { ProbeError, Timings } from "../result.ts";

/** From this share of the time on it was lost here, and not by the target. */
const SHARE = 0.5;

/**
 * Takes a timeout for a local fault if this process was late itself for half of the time until then or longer: stopped, or
 * on a machine that was asleep or overloaded. What the target sent meanwhile could not be read.
 *
 * @param error Why the probe failed
 * @param timings Its worst delay of ours, and its whole time
 */
export function blameLag(error: ProbeError, { lag = 0, total }: Timings): ProbeError {
  if (error.kind !== "timeout" || lag < total * SHARE) return error;
  const message = `${error.message}; for ${Math.round(lag)} ms of these this process was not run or busy`;
  return { ...error, by: "local", message };
}
