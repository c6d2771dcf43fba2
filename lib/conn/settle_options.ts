/**
 * Turns options into limits and numbers for the experiments.
 *
 * @module
 */

import { PROBE_DEFAULTS } from "../probe/defaults.ts";
import type { ProfileOptions } from "./options.ts";
import type { Settings } from "./settings.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** Milliseconds to watch a silent connection; the value is not near a common timeout. */
const IDLE_LIMIT = 11_000;
/** Milliseconds by which the watch exceeds the front's own timeout. */
const BEYOND_FRONT = 6_000;
/** Common idle timeouts in seconds: with a limit near one of them, the verdict would depend on luck. */
const COMMON_TIMEOUTS = [
  1,
  2,
  3,
  5,
  10,
  15,
  20,
  30,
  45,
  60,
  65,
  75,
  90,
  100,
  120,
  180,
  240,
  300,
  350,
  600,
  900,
  3600,
];
/** Minimum milliseconds between a limit and a common timeout below it. */
const CLEARANCE = 700;

/** Common limits on requests per connection, some of them plus one. */
const COMMON_CAPS = [100, 200, 500, 1000, 10_000];
/** Minimum distance between the number of requests and a common limit below it. */
const CAP_CLEARANCE = 5;

/** Default number of requests that `max-requests` sends. */
export const USUAL_MAX_REQUESTS = 1000;

/** Default milliseconds to watch a silent connection. */
export function usualIdleLimit({ behind }: Pick<ProfileOptions, "behind">): number {
  return behind ? Math.max(IDLE_LIMIT, behind.idle + BEYOND_FRONT) : IDLE_LIMIT;
}

/** Settles the limits that the options leave open. */
export function settleOptions(options: ProfileOptions): Settings {
  const { idleLimit = usualIdleLimit(options) } = options;
  const { maxRequests = USUAL_MAX_REQUESTS, pipeline = 3, samples = 2, method = "GET", slowTarget } = options;
  const { maxTime = PROBE_DEFAULTS.maxTime, maxBody = PROBE_DEFAULTS.maxBody, totalTime = Infinity } =
    options;
  for (const [name, time] of Object.entries({ idleLimit, maxTime, totalTime })) {
    if (!(time > 0)) {
      throw new RangeError(`Cannot use ${name} ${time}: it is a time in milliseconds, above 0`);
    }
  }
  return withoutUndefined({
    idleLimit: clearOfCommonTimeouts(idleLimit),
    maxRequests: clearOfCommonCaps(atLeast(1, maxRequests, "maxRequests")),
    pipeline: atLeast(2, pipeline, "pipeline"),
    samples: atLeast(1, samples, "samples"),
    method,
    slowTarget,
    answerTime: maxTime,
    maxBody,
  });
}

/** Raises a limit that is too near to a common timeout. */
export function clearOfCommonTimeouts(limit: number): number {
  const near = COMMON_TIMEOUTS.find((seconds) => Math.abs(limit - seconds * 1000) < CLEARANCE);
  return near === undefined ? limit : near * 1000 + CLEARANCE;
}

/**
 * Raises a number of requests that is too near to a common limit: the run should reveal the server's limit, not ours.
 */
function clearOfCommonCaps(requests: number): number {
  const near = COMMON_CAPS.find((cap) => Math.abs(requests - cap) < CAP_CLEARANCE);
  return near === undefined ? requests : near + CAP_CLEARANCE;
}

function atLeast(least: number, value: number, name: string): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new RangeError(`Cannot use ${name} ${value}: it is a whole number from ${least} on`);
}
