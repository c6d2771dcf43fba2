/**
 * What the examination of a server's connections can be told.
 *
 * @module
 */

import type { LimitOptions, ReachOptions, RequestOptions } from "../probe/options.ts";

/** What stands in front of the server and keeps idle connections to it. */
export interface Front {
  /** For messages: `AWS Application Load Balancer`, or the duration that the user gave. */
  readonly name: string;
  /** How long it keeps an idle connection to the server, in milliseconds. */
  readonly idle: number;
  /** Where the figure was published. */
  readonly source?: string;
  /**
   * It passes connections through and makes none of its own, so it forgets an idle one without a word to either side.
   *
   * @default {false}
   */
  readonly passesThrough?: boolean;
}

/** What happens to an experiment while a profile is made. */
export interface ProfileProgress {
  /** Its name. */
  readonly experiment: string;
  /** One that could not tell is started a second time. */
  readonly state: "started" | "done";
  /** The longest that it takes, in milliseconds. */
  readonly atMost: number;
  /** Once it is done. */
  readonly outcome?: string;
}

/** Options of `profileConnection`. */
export interface ProfileOptions
  extends
    Pick<RequestOptions, "headers" | "userAgent" | "credentials">,
    ReachOptions,
    Pick<LimitOptions, "maxTime" | "connectTimeout" | "maxBody"> {
  /** Names of the experiments to make; `default` stands for those that are made when nothing is said. */
  readonly only?: readonly string[];
  /** Names of experiments to leave out. */
  readonly skip?: readonly string[];
  /**
   * Permits the experiments that send malformed or oversized requests.
   *
   * @default {false}
   */
  readonly intrusive?: boolean;
  /**
   * The host is the user's own: permits experiments that can harm the requests of other people as well.
   *
   * @default {false}
   */
  readonly ownHost?: boolean;
  /**
   * Milliseconds for which a silent connection is watched. Moved a little where it would equal a timeout that is in
   * common use.
   *
   * @default {11_000, or 6 s longer than `behind`}
   */
  readonly idleLimit?: number;
  /** What stands in front of the server: the findings compare its idle timeout with the server's. */
  readonly behind?: Front;
  /**
   * Requests that `max-requests` sends on one connection at most; five more where that is a cap in common use.
   *
   * @default {1_000}
   */
  readonly maxRequests?: number;
  /**
   * Requests that `pipelining` sends at once.
   *
   * @default {3}
   */
  readonly pipeline?: number;
  /**
   * Connections on which `idle-timeout` is measured.
   *
   * @default {2}
   */
  readonly samples?: number;
  /**
   * Method of the experiments that send content. The URL has to be meant for it.
   *
   * @default {"GET"}
   */
  readonly method?: string;
  /** Request target, on the same server, of an answer that takes its time: for `half-close`. */
  readonly slowTarget?: string;
  /**
   * Keep the exchanges of the experiments in `exchanges`, of each experiment the first 20 and the last 20. Of content
   * nothing is kept; values of `Authorization`, `Proxy-Authorization` and `Cookie` in requests are masked.
   *
   * @default {false}
   */
  readonly keepExchanges?: boolean;
  /** Told of each experiment as it starts and ends. */
  readonly onProgress?: (progress: ProfileProgress) => void;
  /** Ends the examination; what was measured until then is kept. */
  readonly signal?: AbortSignal;
}

/** Limits and numbers as the experiments use them: all settled. */
export interface Settings {
  readonly idleLimit: number;
  readonly maxRequests: number;
  readonly pipeline: number;
  readonly samples: number;
  readonly method: string;
  readonly slowTarget?: string;
  /** Milliseconds for one answer. */
  readonly answerTime: number;
  /** Octets of content. */
  readonly maxBody: number;
}

/** Milliseconds for which a silent connection is watched: none of the common timeouts is near. */
const IDLE_LIMIT = 11_000;
/** How much longer than the front's own timeout a connection is watched, in milliseconds. */
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
  const { maxTime = 10_000, maxBody = 10 * 1024 * 1024 } = options;
  for (const [name, time] of Object.entries({ idleLimit, maxTime })) {
    if (!(time > 0)) {
      throw new RangeError(`Cannot use ${name} ${time}: it is a time in milliseconds, above 0`);
    }
  }
  return {
    idleLimit: clearOfCommonTimeouts(idleLimit),
    maxRequests: clearOfCommonCaps(atLeast(1, maxRequests, "maxRequests")),
    pipeline: atLeast(2, pipeline, "pipeline"),
    samples: atLeast(1, samples, "samples"),
    method,
    ...(slowTarget !== undefined && { slowTarget }),
    answerTime: maxTime,
    maxBody,
  };
}

/** Moves a limit that is too near to a common timeout up. */
export function clearOfCommonTimeouts(limit: number): number {
  const near = COMMON_TIMEOUTS.find((seconds) => Math.abs(limit - seconds * 1000) < CLEARANCE);
  return near === undefined ? limit : near * 1000 + CLEARANCE;
}

/** Requests for each connection that servers commonly allow, some of them one more. */
const COMMON_CAPS = [100, 200, 500, 1000, 10_000];
/** A number of requests is at least this far above a common cap. */
const CAP_CLEARANCE = 5;

/** Moves a number of requests that is too near to a common cap up: the server's cap is to be seen, not ours. */
function clearOfCommonCaps(requests: number): number {
  const near = COMMON_CAPS.find((cap) => Math.abs(requests - cap) < CAP_CLEARANCE);
  return near === undefined ? requests : near + CAP_CLEARANCE;
}

function atLeast(least: number, value: number, name: string): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new RangeError(`Cannot use ${name} ${value}: it is a whole number from ${least} on`);
}

/** Thrown inside an experiment when nothing can be concluded; it becomes the outcome `unknown`. */
export class CannotTell extends Error {
  override readonly name = "CannotTell";
}
