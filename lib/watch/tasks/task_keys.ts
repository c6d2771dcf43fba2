/**
 * The keys that a task file may have.
 *
 * @module
 */

/** Keys of the request and of the way to the server. */
const REQUEST_KEYS = [
  "method",
  "headers",
  "body",
  "maxRedirects",
  "verify",
  "maxTime",
];

/** Keys of the verdict. */
const VERDICT_KEYS = [
  "expect",
  "degraded",
  "test",
  "failures",
  "successes",
  "certificateDays",
];

/** Keys of the schedule. */
const SCHEDULE_KEYS = [
  "interval",
  "retries",
];

/** Keys that both a check and the defaults may have. */
export const COMMON_KEYS: readonly string[] = [
  ...REQUEST_KEYS,
  ...VERDICT_KEYS,
  ...SCHEDULE_KEYS,
  "tags",
  "on",
];

/** Keys of a check. */
export const CHECK_KEYS: readonly string[] = ["name", "url", ...COMMON_KEYS];

/** Keys of a task file that is an object. */
export const FILE_KEYS: readonly string[] = ["checks", "defaults", "webhooks", "commands"];
