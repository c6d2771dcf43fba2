/**
 * The names of the options of a connection profile, to detect misspelt options.
 *
 * @module
 */

import { LIMIT_OPTION_NAMES, REACH_OPTION_NAMES, REQUEST_OPTION_NAMES } from "../probe/option_names.ts";
import type { OptionNames } from "../text/check_options.ts";
import type { Front } from "./front.ts";
import type { ProfileOptions } from "./options.ts";

const { headers, userAgent, credentials, method } = REQUEST_OPTION_NAMES;
const { maxTime, connectTimeout, maxBody } = LIMIT_OPTION_NAMES;

/** Names of {@linkcode ProfileOptions}. */
export const PROFILE_OPTION_NAMES = {
  headers,
  userAgent,
  credentials,
  ...REACH_OPTION_NAMES,
  maxTime,
  connectTimeout,
  maxBody,
  experiments: true,
  only: true,
  skip: true,
  intrusive: true,
  ownHost: true,
  idleLimit: true,
  behind: { name: true, idle: true, source: true, passesThrough: true } satisfies OptionNames<Front>,
  maxRequests: true,
  pipeline: true,
  samples: true,
  method,
  slowTarget: true,
  keepExchanges: true,
  totalTime: true,
  onEstimate: true,
  onProgress: true,
  signal: true,
} as const satisfies OptionNames<ProfileOptions>;
