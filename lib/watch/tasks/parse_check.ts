/**
 * Reads one check of a task file.
 *
 * @module
 */

import { PROBE_DEFAULTS } from "../../probe/defaults.ts";
import { parseExpectation } from "../../expect/parse_expectation.ts";
import { needsSha256, needsText } from "../../expect/probe_needs.ts";
import { utf8Octets } from "../../http/octets.ts";
import type { ProbeOptions } from "../../probe/options.ts";
import { LONGEST_TIMER } from "../../time/timer.ts";
import type { CheckPredicate } from "./check_definition.ts";
import { asShownText, asText, type Entry, EntryReader, type ReadingContext } from "./entry_reader.ts";
import { describeEmpty } from "./parse_receivers.ts";
import { refuseBadRequest } from "./refuse_bad_request.ts";
import type { Task } from "./task.ts";

/** Keys that both a check and the defaults may have. */
export const COMMON_KEYS: readonly string[] = [
  "method",
  "headers",
  "body",
  "expect",
  "degraded",
  "test",
  "interval",
  "maxTime",
  "retries",
  "failures",
  "successes",
  "certificateDays",
  "maxRedirects",
  "verify",
  "tags",
];
/** Keys of a check. */
export const CHECK_KEYS: readonly string[] = ["name", "url", ...COMMON_KEYS];

/** Values of keys that a check leaves out. */
const DEFAULTS = { expect: ["status < 400"], interval: 60_000, certificateDays: 14 };

/**
 * Reads one check of the list.
 *
 * @param index Index in the list, from 0
 * @param defaults Values of keys that the check leaves out
 * @returns `undefined` if the check has mistakes, which are added to the problems of the context
 */
export function parseCheck(
  value: unknown,
  index: number,
  defaults: Entry,
  context: ReadingContext,
): Task | undefined {
  const number = `check ${index + 1}`;
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    context.problems.push(`${number}: expected an object`);
    return undefined;
  }
  const own = value as Entry;
  const label = own["name"] ?? own["url"];
  const place = typeof label === "string" && label !== "" ? `${number} (${label})` : number;
  const before = context.problems.length;
  new EntryReader(own, place, context).refuseOthers(CHECK_KEYS);
  const inherited = new Set(Object.keys(defaults).filter((key) => !(key in own)));
  const reader = new EntryReader({ ...defaults, ...own }, place, { ...context, inherited });
  const url = reader.text("url");
  if (url === undefined && !("url" in own)) reader.report("url", "it is missing");
  if (url === "") reader.report("url", describeEmpty(own["url"]));
  const task = readTask(reader, url ?? "", { ...defaults, ...own }, context);
  return context.problems.length > before ? undefined : task;
}

function readTask(reader: EntryReader, url: string, entry: Entry, { secrets }: ReadingContext): Task {
  const readExpectation = (value: unknown) => parseExpectation(asShownText(value), { subject: "result" });
  const predicates = reader.record("test", asPredicate) ?? [];
  const given = reader.list("expect", readExpectation);
  const expectations = given ?? (predicates.length > 0 ? [] : DEFAULTS.expect.map(readExpectation));
  const degraded = reader.list("degraded", readExpectation) ?? [];
  const interval = reader.duration("interval") ?? DEFAULTS.interval;
  if (interval > LONGEST_TIMER) reader.report("interval", "the longest is 24d");
  const options = readOptions(reader);
  refuseBadRequest(reader, url, { options, secrets });
  const all = [...expectations, ...degraded];
  const keepText = needsText(all) || predicates.length > 0;
  return {
    name: reader.read("name", asName) ?? withoutUserinfo(entry["url"]),
    url,
    options: { ...options, keepText, keepSha256: needsSha256(all) },
    expectations,
    degraded,
    predicates,
    interval,
    retries: reader.number("retries", [0, 10]) ?? 0,
    thresholds: {
      failures: reader.number("failures", [1, 1000]) ?? 1,
      successes: reader.number("successes", [1, 1000]) ?? 1,
      certificateDays: reader.number("certificateDays", [0, 10_000]) ?? DEFAULTS.certificateDays,
    },
    tags: reader.list("tags", asShownText) ?? [],
    identity: JSON.stringify(
      entry,
      (_, value: unknown) => typeof value === "function" ? String(value) : value,
    ),
    redact: (text) => secrets.redact(text),
  };
}

function readOptions(reader: EntryReader): ProbeOptions {
  const method = reader.text("method");
  const body = reader.text("body");
  const fields = reader.record(
    "headers",
    (value) => value === null ? undefined : utf8Octets(reader.resolve(asText(value))),
  );
  const maxRedirects = reader.number("maxRedirects", [0, 50]);
  const verify = reader.flag("verify");
  return {
    maxTime: reader.duration("maxTime") ?? PROBE_DEFAULTS.maxTime,
    method,
    body,
    headers: fields,
    maxRedirects,
    verify,
  };
}

/** Makes the name of a check that has none: its URL without user and password. */
function withoutUserinfo(url: unknown): string {
  return String(url).replace(/\/\/[^/?#]*@/, "//");
}

function asName(value: unknown): string {
  const name = asShownText(value);
  if (name.trim() !== "") return name;
  throw new TypeError("it is empty");
}

function asPredicate(value: unknown): CheckPredicate {
  if (typeof value === "function") return value as CheckPredicate;
  throw new TypeError("expected a function");
}
