/**
 * Reads one check of a task file.
 *
 * @module
 */

import { needsSha256, needsText } from "../../expect/probe_needs.ts";
import type { ProbeOptions } from "../../probe/options.ts";
import { parseTarget, type Target } from "../../target/target.ts";
import { withoutUndefined } from "../../without_undefined.ts";
import { definitionDigest } from "./definition_digest.ts";
import { asShownText, type Entry, EntryReader, type ReadingContext } from "./entry_reader.ts";
import { describeValue } from "./entry_values.ts";
import { withDefaults } from "./key_groups.ts";
import { parseLimits } from "./parse_limits.ts";
import { parseDependencies } from "./parse_dependencies.ts";
import { parseMaintenance } from "./parse_maintenance.ts";
import { parseNoticeKind } from "./notice_kinds.ts";
import { parseReach } from "./parse_reach.ts";
import { describeEmpty } from "./describe_empty.ts";
import { parseRequest } from "./parse_request.ts";
import { parseThresholds } from "./parse_thresholds.ts";
import { parseVerdict } from "./parse_verdict.ts";
import { refuseBadRequest } from "./refuse_bad_request.ts";
import { refuseCombinations } from "./refuse_combinations.ts";
import type { Task } from "./task.ts";
import { CHECK_KEYS, NOT_OF_CHECK } from "./task_keys.ts";

/** Milliseconds between starts of a check that has no `interval`. */
const DEFAULT_INTERVAL = 60_000;

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
    const advice = typeof value === "string" ? `: write { "url": ${describeValue(value)} }` : "";
    context.problems.push(`${number}: expected an object with url, not ${describeValue(value)}${advice}`);
    return undefined;
  }
  const own = value as Entry;
  const label = own["name"] ?? own["url"];
  const place = typeof label === "string" && label !== "" ? `${number} (${label})` : number;
  const before = context.problems.length;
  new EntryReader(own, place, context).refuseOthers(CHECK_KEYS, NOT_OF_CHECK);
  const inherited = new Set(Object.keys(defaults).filter((key) => !(key in own)));
  const entry = withDefaults(own, defaults);
  const reader = new EntryReader(entry, place, { ...context, inherited });
  const url = reader.text("url");
  if (url === undefined && !("url" in own)) reader.report("url", "it is missing");
  if (url === "") reader.report("url", describeEmpty(own["url"]));
  const task = readTask(reader, url ?? "", entry, context);
  return context.problems.length > before ? undefined : task;
}

function readTask(reader: EntryReader, url: string, entry: Entry, context: ReadingContext): Task {
  const { secrets } = context;
  const verdict = parseVerdict(reader);
  const interval = reader.timeLimit("interval") ?? DEFAULT_INTERVAL;
  const target = asTarget(url);
  const options: ProbeOptions = withoutUndefined({
    ...parseRequest(reader, context),
    ...parseReach(reader, target),
    ...parseLimits(reader),
  });
  refuseBadRequest(reader, url, { options, secrets });
  const all = [...verdict.expectations, ...verdict.degraded];
  refuseCombinations(reader, entry, { target, options, expectations: all });
  const keepText = needsText(all) || verdict.predicates.length > 0 && verdict.judge === "whole";
  return {
    name: reader.read("name", asLabel) ?? withoutUserinfo(entry["url"]),
    url,
    options: { ...options, keepText, keepSha256: needsSha256(all) },
    ...verdict,
    interval,
    retries: reader.number("retries", [0, 10]) ?? 0,
    thresholds: parseThresholds(reader),
    maintenance: parseMaintenance(reader),
    dependsOn: parseDependencies(reader),
    remind: reader.duration("remind"),
    tags: reader.list("tags", asLabel) ?? [],
    on: reader.list("on", parseNoticeKind)?.flat(),
    identity: JSON.stringify(
      entry,
      (_, value: unknown) => typeof value === "function" ? String(value) : value,
    ),
    definition: definitionDigest(entry),
    redact: (text) => secrets.redact(text),
  };
}

/** Reads a target; `undefined` if that is a mistake, which is reported elsewhere. */
function asTarget(url: string): Target | undefined {
  try {
    return parseTarget(url);
  } catch {
    return undefined; // refuseBadRequest() reports it.
  }
}

/** Makes the name of a check that has none: its URL without user and password. */
function withoutUserinfo(url: unknown): string {
  return String(url).replace(/\/\/[^/?#]*@/, "//");
}

/** Reads a name or a tag. */
function asLabel(value: unknown): string {
  const label = asShownText(value);
  if (label.trim() !== "") return label;
  throw new TypeError("it is empty");
}
