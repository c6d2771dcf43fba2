/**
 * The keys that a task file may have.
 *
 * @module
 */

/** Keys of the request. */
const REQUEST_KEYS = [
  "method",
  "headers",
  "body",
  "form",
  "bodyFile",
  "user",
  "userAgent",
  "http10",
  "requestTarget",
  "rawRequest",
];

/** Keys of the way to the server. */
const REACH_KEYS = [
  "address",
  "resolve",
  "connectTo",
  "unixSocket",
  "denyPrivate",
  "ipv4",
  "ipv6",
  "sni",
  "alpn",
  "verify",
  "cacert",
  "cert",
  "key",
];

/** Keys that limit time and size. */
const LIMIT_KEYS = [
  "maxTime",
  "connectTimeout",
  "firstByteTimeout",
  "listenFirst",
  "maxHead",
  "maxBody",
  "maxRedirects",
];

/** Keys of the verdict. */
const VERDICT_KEYS = [
  "expect",
  "degraded",
  "test",
  "judge",
  "conn",
  "failures",
  "successes",
  "certificateDays",
  "flapping",
];

/** Keys of the schedule. */
const SCHEDULE_KEYS = [
  "interval",
  "retries",
];

/** Keys of the times and states in which the check stays quiet. */
const QUIET_KEYS = [
  "maintenance",
  "dependsOn",
  "remind",
];

/** Keys that both a check and the defaults may have. */
export const COMMON_KEYS: readonly string[] = [
  ...REQUEST_KEYS,
  ...REACH_KEYS,
  ...LIMIT_KEYS,
  ...VERDICT_KEYS,
  ...SCHEDULE_KEYS,
  ...QUIET_KEYS,
  "tags",
  "on",
];

/** Keys of a check. */
export const CHECK_KEYS: readonly string[] = ["name", "url", ...COMMON_KEYS];

/** Keys of a task file that is an object. */
export const FILE_KEYS: readonly string[] = [
  "checks",
  "defaults",
  "receivers",
  "webhooks",
  "commands",
  "maintenance",
];

/** Keys that stand beside `checks`, with the place where they belong. */
const OF_FILE = new Map(FILE_KEYS.map((key) => [key, "beside checks, at the top of the file"]));

/** Keys that a check cannot have, with the place where they belong. */
export const NOT_OF_CHECK: ReadonlyMap<string, string> = OF_FILE;

/** Keys that the defaults cannot have, with the place where they belong. */
export const NOT_OF_DEFAULTS: ReadonlyMap<string, string> = new Map([
  ...OF_FILE,
  ["name", "in a check"],
  ["url", "in a check"],
]);

/** Keys that a file cannot have, with the place where they belong. */
export const NOT_OF_FILE: ReadonlyMap<string, string> = new Map([
  ["name", "in a check"],
  ["url", "in a check"],
  ...COMMON_KEYS.map((key): [string, string] => [key, "in a check, or in defaults"]),
]);
