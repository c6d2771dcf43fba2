/**
 * Turns options into limits and numbers for the experiments.
 *
 * @module
 */

import { PROBE_DEFAULTS } from "../probe/defaults.ts";
import type { ProfileOptions } from "./options.ts";
import type { Settings } from "./settings.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** Milliseconds for which a silent connection is watched: none of the common timeouts is near. */
const IDLE_LIMIT = 11_000;
/** Milliseconds that the watch of a connection goes beyond the front's own timeout. */
const BEYOND_FRONT = 6_000;
/** Idle timeouts in common use, in seconds: a limit near one of them would make the verdict a matter of luck. */
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
/** A limit is at least this far above a common timeout, in milliseconds. */
const CLEARANCE = 700;

/** Requests for each connection that servers commonly allow, some of them one more. */
const COMMON_CAPS = [100, 200, 500, 1000, 10_000];
/** A number of requests is at least this far above a common cap. */
const CAP_CLEARANCE = 5;

/** Requests that `max-requests` sends when nothing is said. */
export const USUAL_MAX_REQUESTS = 1000;

/** Milliseconds for which a silent connection is watched when nothing is said. */
export function usualIdleLimit({ behind }: Pick<ProfileOptions, "behind">): number {
  return behind ? Math.max(IDLE_LIMIT, behind.idle + BEYOND_FRONT) : IDLE_LIMIT;
}

/** Settles what the options leave open. */
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

/** Moves a limit that is too near to a common timeout up. */
export function clearOfCommonTimeouts(limit: number): number {
  const near = COMMON_TIMEOUTS.find((seconds) => Math.abs(limit - seconds * 1000) < CLEARANCE);
  return near === undefined ? limit : near * 1000 + CLEARANCE;
}

/** Moves a number of requests that is too near to a common cap up: the server's cap is to be seen, not ours. */
function clearOfCommonCaps(requests: number): number {
  const near = COMMON_CAPS.find((cap) => Math.abs(requests - cap) < CAP_CLEARANCE);
  return near === undefined ? requests : near + CAP_CLEARANCE;
}

function atLeast(least: number, value: number, name: string): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new RangeError(`Cannot use ${name} ${value}: it is a whole number from ${least} on`);
}
