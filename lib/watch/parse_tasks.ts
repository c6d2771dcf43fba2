/**
 * From what a task file holds to checks that are ready to run.
 *
 * @module
 */

import { needsBody, needsDigest, parseExpectation } from "../expect.ts";
import type { ProbeOptions } from "../probe/options.ts";
import type { CheckPredicate } from "./check_definition.ts";
import {
  asEntry,
  asList,
  asShownText,
  asText,
  type Entry,
  EntryReader,
  type ReadingContext,
} from "./entry_reader.ts";
import { describeEmpty, parseCommands, parseWebhooks, refuseSameReceivers } from "./parse_receivers.ts";
import { refuseBadRequest } from "./refuse_bad_request.ts";
import { redactPasswords, Secrets, type SecretSource } from "./secrets.ts";
import type { Task, TaskPlan } from "./task.ts";

/** A task file cannot be used; the message has one line for each mistake. */
export class TaskFileError extends SyntaxError {
  override readonly name = "TaskFileError";
  /** What is wrong, each with entry and key. */
  readonly problems: readonly string[];

  /** @param file For the message. */
  constructor(file: string, problems: readonly string[]) {
    const shown = problems.map(redactPasswords);
    super(shown.map((problem) => `${file}: ${problem}`).join("\n"));
    this.problems = shown;
  }
}

/** Keys of a task file that is an object. */
export const FILE_KEYS: readonly string[] = ["checks", "defaults", "webhooks", "commands"];
const COMMON_KEYS: readonly string[] = [
  "method",
  "headers",
  "body",
  "expect",
  "degraded",
  "test",
  "interval",
  "timeout",
  "retries",
  "failures",
  "successes",
  "certificateDays",
  "redirects",
  "verify",
  "tags",
];
/** Keys of a check. */
export const CHECK_KEYS: readonly string[] = ["name", "url", ...COMMON_KEYS];

/** What holds of a check that says nothing. */
const DEFAULTS = { expect: ["status < 400"], interval: 60_000, timeout: 10_000, certificateDays: 14 };

/** A timer cannot wait longer: 2³¹ − 1 ms. */
const LONGEST_INTERVAL = 2 ** 31 - 1;

/**
 * Reads what a task file holds: a list of checks, or an object with `checks`, `defaults`, `webhooks` and `commands`.
 *
 * @param content The value of the JSON, or what the module exports.
 * @param options `file` is its name for messages, `source` is where secrets come from.
 * @throws {TaskFileError} If anything is wrong in it, with all mistakes.
 */
export function parseTasks(content: unknown, options: { file: string; source: SecretSource }): TaskPlan {
  const secrets = new Secrets(options.source);
  const problems: string[] = [];
  const context = { secrets, problems };
  const file = new EntryReader(
    Array.isArray(content) ? { checks: content } : fileEntry(content, problems),
    "file",
    context,
  );
  file.refuseOthers(FILE_KEYS);
  const defaults = file.read("defaults", asEntry) ?? {};
  new EntryReader(defaults, "defaults", context).refuseOthers(COMMON_KEYS);
  const entries = file.read("checks", asList);
  // An empty list too: one that was computed and came out empty would pass as everything in order.
  if ((entries ?? []).length === 0 && problems.length === 0) problems.push("file: checks: there are none");
  const tasks = (entries ?? []).flatMap((entry, index) => parseEntry(entry, index, defaults, context) ?? []);
  refuseSameNames(tasks, problems);
  const receivers = [...parseWebhooks(file, context), ...parseCommands(file)];
  if (problems.length === 0) refuseSameReceivers(receivers, problems);
  if (problems.length > 0) throw new TaskFileError(options.file, problems);
  return { tasks, receivers, redact: (text) => secrets.redact(text) };
}

function fileEntry(content: unknown, problems: string[]): Entry {
  try {
    return asEntry(content);
  } catch (error) {
    problems.push(`file: ${(error as TypeError).message}`);
    return { checks: [] };
  }
}

function parseEntry(
  value: unknown,
  index: number,
  defaults: Entry,
  context: ReadingContext,
): Task | undefined {
  const number = `check ${index + 1}`;
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    context.problems.push(`${number}: an object is wanted`);
    return undefined;
  }
  const own = value as Entry;
  const label = own["name"] ?? own["url"];
  const place = typeof label === "string" && label !== "" ? `${number} (${label})` : number;
  const before = context.problems.length;
  new EntryReader(own, place, context).refuseOthers(CHECK_KEYS);
  const reader = new EntryReader({ ...defaults, ...own }, place, context);
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
  if (interval > LONGEST_INTERVAL) reader.report("interval", "the longest is 24d");
  const options = readOptions(reader);
  refuseBadRequest(reader, url, { options, secrets });
  const all = [...expectations, ...degraded];
  const keepText = needsBody(all) || predicates.length > 0;
  return {
    name: reader.read("name", asName) ?? withoutUserinfo(entry["url"]),
    url,
    options: { ...options, keepText, digest: needsDigest(all) },
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
    (value) => value === null ? undefined : reader.resolve(asText(value)),
  );
  const redirects = reader.number("redirects", [0, 50]);
  const verify = reader.flag("verify");
  return {
    maxTime: reader.duration("timeout") ?? DEFAULTS.timeout,
    ...(method !== undefined && { method }),
    ...(body !== undefined && { body }),
    ...(fields !== undefined && { headers: fields.map(([name, value]) => ({ name, value })) }),
    ...(redirects !== undefined && { redirects }),
    ...(verify !== undefined && { verify }),
  };
}

/** For a check without a name. */
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
  throw new TypeError("a function is wanted");
}

function refuseSameNames(tasks: readonly Task[], problems: string[]): void {
  const first = new Map<string, number>();
  for (const [index, { name }] of tasks.entries()) {
    const other = first.get(name);
    if (other === undefined) first.set(name, index);
    else problems.push(`check ${index + 1} (${name}): name: check ${other + 1} has it already`);
  }
}
