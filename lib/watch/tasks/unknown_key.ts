/**
 * Explains a key that does not exist.
 *
 * @module
 */

import { adviseNearest } from "../../text/nearest.ts";

/** Words of the command line and of other monitors, with the key that means the same. */
const SYNONYMS: Readonly<Record<string, string>> = {
  every: "interval",
  period: "interval",
  timeout: "maxTime",
  data: "body",
  request: "method",
  location: "maxRedirects",
  follow: "maxRedirects",
  maxredirs: "maxRedirects",
  insecure: "verify",
  auth: "user",
  credentials: "user",
  servername: "sni",
  assertions: "expect",
  conditions: "expect",
  cmd: "command",
  template: "body",
  payload: "body",
  start: "from",
  begin: "from",
  end: "to",
  until: "to",
  timezone: "zone",
  tz: "zone",
  weekdays: "days",
  weekday: "days",
};

/**
 * Describes the mistake of an unknown key in one line, with the key that was most likely meant.
 *
 * @param known Keys that exist in this place
 * @param elsewhere For keys that exist in another place, where they belong
 */
export function describeUnknownKey(
  key: string,
  known: readonly string[],
  elsewhere: ReadonlyMap<string, string> = new Map(),
): string {
  const place = elsewhere.get(key);
  if (place !== undefined) return `this key belongs ${place}`;
  const word = plain(key);
  if (word === "proxy") return "unknown key: sonde cannot connect through a proxy";
  const synonym = SYNONYMS[word];
  const byPlain = new Map(known.map((name) => [plain(name), name]));
  const meant = synonym !== undefined && known.includes(synonym) ? plain(synonym) : word;
  const advice = adviseNearest(meant, byPlain.keys(), { write: (name) => byPlain.get(name) ?? name });
  return advice === undefined ? "unknown key" : `unknown key, ${advice}`;
}

/** Spells a key without capitals and separators, so that `max-time` and `MaxTime` are `maxTime`. */
function plain(key: string): string {
  return key.toLowerCase().replace(/[-_. ]/g, "");
}
