/**
 * Bugs of watching and of the uptime report.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";

/** In the order of the files. */
export const WATCH_MUTANTS: readonly Mutant[] = [
  {
    bug: "a certificate with exactly certificateDays left ends soon",
    text: "certificateDays.findLast((days) => certificate.daysLeft < days)",
    becomes: "certificateDays.findLast((days) => certificate.daysLeft <= days)",
  },
  {
    bug: "a certificate with just enough days left is marked in the report",
    text: "soon: daysLeft < soonDays,",
    becomes: "soon: daysLeft <= soonDays,",
  },
  {
    bug: "one run more than the threshold is needed",
    text: "streak !== undefined && streak.runs >= runs",
    becomes: "streak !== undefined && streak.runs > runs",
  },
  {
    bug: "recovery takes as many runs as failing does",
    text: "if (reaches(up, successes)) return",
    becomes: "if (reaches(up, failures)) return",
  },
  {
    bug: "a new check is told to be up",
    text: 'if (from === "new" && to === "up") return',
    becomes: 'if (from === "new" && to === "down") return',
  },
  {
    bug: "a run that tells nothing is down",
    text: 'if (error?.by === "local") return "unknown";',
    becomes: "",
  },
  {
    bug: "a warning is told as up",
    text: 'return warnings.every((it) => it.ok) ? "up" : "degraded";',
    becomes: 'return "up";',
  },
  {
    bug: "behaviour that was seen once is a change",
    text: "const CONFIRMING_RUNS = 5;",
    becomes: "const CONFIRMING_RUNS = 1;",
  },
  {
    bug: "two servers that take turns change their behaviour",
    text: "const turns = other.returned !== undefined;",
    becomes: "const turns = false;",
  },
  {
    bug: "down and degraded runs in turns never leave up",
    text: "return { notUp: oneMore(notUp, at), down: oneMore(down, at) };",
    becomes: "return { notUp: oneMore(down, at), down: oneMore(down, at) };",
  },
  {
    bug: "degraded runs before a down one end the count of down runs never",
    text: "down === undefined || calm + 1 >= failures",
    becomes: "down === undefined || calm + 1 > failures",
  },
  {
    bug: "an edit of the task file that makes a check degraded is told",
    text: 'return state.redefined === true && told !== "down";',
    becomes: 'return state.redefined === true && told === "down";',
  },
  {
    bug: "a definition is out of use while another watch still has it",
    text: "const LONGEST_TURN = 3;",
    becomes: "const LONGEST_TURN = 0;",
  },
  {
    bug: "a certificate is told of again by each server that has another one",
    text: "threshold !== undefined && threshold < (certificates",
    becomes: "threshold !== undefined && threshold <= (certificates",
  },
  {
    bug: "a certificate of a server that takes turns is replaced soon",
    text: "const runs = seen.returned || turning.has(seen.host) ? REPLACING_AFTER_TURNS : REPLACING_RUNS;",
    becomes: "const runs = REPLACING_RUNS;",
  },
  {
    bug: "a certificate is replaced soon although the others of its host take turns",
    text: "seen.returned || turning.has(seen.host)",
    becomes: "seen.returned",
  },
  {
    bug: "the report shows the certificate of the last run where servers take turns",
    text: "hasReturned(rows) ? rows : rows.slice(0, LAST_RUNS)",
    becomes: "rows.slice(0, 1)",
  },
  {
    bug: "the notices of a flapping check go on",
    text: "goOn(hush(counted), context.before.flapping, context)",
    becomes: "goOn(counted, context.before.flapping, context)",
  },
  {
    bug: "a flapping check that stays down is told of after as many runs as one that is up",
    text: "const FEWEST_STEADY = 3;",
    becomes: "const FEWEST_STEADY = 6;",
  },
  {
    bug: "single failures among many good runs are flapping",
    text: "flip.runs >= RUNS_PER_FLIP * flapping",
    becomes: "flip.runs >= 60 * flapping",
  },
  {
    bug: "an outage ends when it was noticed and not when it ended",
    text: "end(change.since);",
    becomes: "end(change.at);",
  },
  {
    bug: "a run before the window counts in full",
    text: "Math.max(start, this.#starts[index]!)",
    becomes: "this.#starts[index]!",
  },
  {
    bug: "runs that tell nothing are observed time",
    text: "observedTime({ up, degraded, down }: VerdictTimes): number {\n  return up +",
    becomes: "observedTime({ up, degraded, down, unknown }: VerdictTimes): number {\n  return unknown + up +",
  },
  {
    bug: "a refused notice is tried again",
    text: 'if (kind === "refused" || now',
    becomes: "if (now",
  },
  {
    bug: "a notice waits for that of another check",
    text: "AND outcome IS NULL GROUP BY check_id",
    becomes: "AND outcome IS NULL GROUP BY receiver",
  },
  {
    bug: "the wait that a receiver asks for is ignored",
    text: "Math.max(retryAfter, Math",
    becomes: "Math.max(0, Math",
  },
  {
    bug: "a new notice does not wait as the receiver asked",
    text: "max(:now, coalesce(limited.due, 0))",
    becomes: "max(:now, 0)",
  },
  {
    bug: "a receiver is told of a recovery from something that it was not told",
    text: "return isToldOfTrouble || has(from)",
    becomes: "return true || has(from)",
  },
  {
    bug: "the same URL with other headers is the same receiver",
    text: "place: _, on: __, only: ___, ...settings }: Receiver): string {",
    becomes:
      'place: _, on: __, only: ___, ...others }: Receiver): string {\n  const settings = { ...others, headers: "" };',
  },
  {
    bug: "the alert of a removed check stays open",
    text: 'if (kind === "removed") return subjectOf(ends ?? kind);',
    becomes: 'if (kind === "removed") return undefined;',
  },
  {
    bug: "a login page counts as the answer of a chat service",
    text: '!text.startsWith("<")',
    becomes: 'text !== "<"',
  },
  {
    bug: "notices of a receiver with a new token are forgotten",
    text: "WHERE outcome IS NULL AND address = :address AND",
    becomes: "WHERE outcome IS NULL AND address = :receiver AND",
  },
  {
    bug: "values in JSON are not escaped",
    text: "return isBare ? value : JSON.stringify(value).slice(1, -1);",
    becomes: "return value;",
  },
  {
    bug: "a name in a notice calls people on Discord",
    text: "allowed_mentions: { parse: [] }",
    becomes: 'allowed_mentions: { parse: ["everyone"] }',
  },
  {
    bug: "an answer that says error is taken for success",
    text: "const status = fault?.status ?? received;",
    becomes: "const status = received;",
  },
  {
    bug: "a recovery opens another alert",
    text: "const key = `sonde/${check.toWellFormed()}${suffix}`;",
    becomes: "const key = `sonde/${check.toWellFormed()}${suffix}${kind}`;",
  },
  {
    bug: "a notice is tried for ever",
    text: "|| now + wait - queued > giveUpAfter",
    becomes: "|| now + wait - queued > Infinity",
  },
  {
    bug: "a webhook that answers 300 took the notice",
    text: "status >= 200 && status < 300) return undefined;\n  const retryAfter",
    becomes: "status >= 200 && status <= 300) return undefined;\n  const retryAfter",
  },
  {
    bug: "forgetting takes the change that says what is",
    text: 'WHERE "from" <> "to" GROUP BY check_id',
    becomes: 'WHERE "from" = "to" GROUP BY check_id',
  },
  {
    bug: "a secret of four characters is shown",
    text: "value.length < SHORTEST_SECRET ||",
    becomes: "value.length <= SHORTEST_SECRET ||",
  },
  {
    bug: "the beginning of a secret stays before a cut",
    text: "    this.#findCut(text, found);\n",
    becomes: "",
  },
  {
    bug: "slots that went by are not counted",
    text: "const skipped = first - this.#next;",
    becomes: "const skipped = 0;",
  },
  {
    bug: "a check is tried once more than its retries say",
    text: "retries === task.retries ||",
    becomes: "retries > task.retries ||",
  },
  {
    bug: "defaults win over the check",
    text: "return { ...Object.fromEntries(kept), ...own };",
    becomes: "return { ...own, ...Object.fromEntries(kept) };",
  },
  {
    bug: "a predicate that gives a text holds",
    text: "ok: actual === true, actual: asPlainData",
    becomes: "ok: Boolean(actual), actual: asPlainData",
  },
  {
    bug: "a reload starts a check again that stayed the same",
    text: "if (wanted.get(name)?.identity !== loop.identity) this",
    becomes: "if (loop.identity !== undefined) this",
  },
  {
    bug: "certificateDays of 0 is refused",
    text: "CERTIFICATE_DAYS = [0, 10_000]",
    becomes: "CERTIFICATE_DAYS = [1, 10_000]",
  },
  {
    bug: "a check without expectations takes 404",
    text: 'EXPECTATIONS = ["status < 400"]',
    becomes: 'EXPECTATIONS = ["status < 500"]',
  },
  {
    bug: "a later check may have the name of another later one",
    text: "if (other === undefined) first.set(name, index);",
    becomes: "first.set(name, index);\n    if (other === undefined || other > 0) continue;",
  },
  {
    bug: "an empty list of checks is in order",
    text: "if ((entries ?? []).length === 0 && problems.length === 0)",
    becomes: "if ((entries ?? []).length < 0 && problems.length === 0)",
  },
  {
    bug: "one notice are lost",
    text: 'formatQuantity(count, "notice was", "notices were")',
    becomes: "`${count} notices are`",
  },
  {
    bug: "a given-up notice has a next try",
    text: "if (wait !== undefined) return `the next try is in",
    becomes: "if (wait === undefined) return `the next try is in",
  },
  {
    bug: "how long a condition was uncertain is not told",
    text: "from === to || certain <= 0",
    becomes: "from === to || certain >= 0",
  },
  {
    bug: "waits between tries of a notice have no bound",
    text: "Math.min(usual, LONGEST_WAIT)",
    becomes: "Math.min(usual, Infinity)",
  },
  {
    bug: "the first state of a bar hides a worse one",
    text: "worst: WORST.find((state) => items.some(({ worst }) => worst === state)) ?? null,",
    becomes: "worst: items[0]?.worst ?? null,",
  },
  {
    bug: "the last run tells the state for ever",
    text: "Math.min(now, lastRun + facts.stands)",
    becomes: "Math.max(now, lastRun + facts.stands)",
  },
  {
    bug: "the page leaves out an old outage that has no end",
    text: "index < most || outage.end === null",
    becomes: "index < most && outage.end !== null",
  },
  {
    bug: "a young history has an uptime of the last month",
    text: "observedTime(stretches.within(window.from, end - length)) > 0",
    becomes: "observedTime(stretches.within(window.from, end - length)) >= 0",
  },
  {
    bug: "the end of an outage that goes on looks like a single failure",
    text: "open && seen.down > 0",
    becomes: "open && seen.up > 0",
  },
  {
    bug: "the time to come is without data",
    text: "known: Math.max(0, Math.min(end, made) - start),",
    becomes: "known: end - start,",
  },
  {
    bug: "runs without an answer count in the times",
    text: "`iif(${WITHOUT_TIMES}, NULL, ${phase})`",
    becomes: "`${phase}`",
  },
  {
    bug: "slots that went by before the window count",
    text: '"SELECT sum(skipped) AS skipped FROM runs WHERE check_id = ? AND at >= ? AND at < ?"',
    becomes: '"SELECT sum(skipped) AS skipped FROM runs WHERE check_id = ? AND (at >= ? OR at < ?)"',
  },
  {
    bug: "a secret in Base64 is shown",
    text: "[decodeBase64, decodeHex, decodeDecimals]",
    becomes: "[decodeHex, decodeDecimals]",
  },
  {
    bug: "a part of a secret is shown",
    text: "this.#parts.set(part, ",
    becomes: 'this.#parts.set("", ',
  },
  {
    bug: "a word of a secret is taken out of every text",
    text: "words === 1 && shortWords === 0",
    becomes: "false",
  },
  {
    bug: "a password in a URL is shown",
    text: 'text.includes("@") ? text.replace(URL_PASSWORD, "$1***") : text',
    becomes: "text",
  },
  {
    bug: "the secret of a file ends with its line end",
    text: "withoutLineEnd(this.#source.file(name))",
    becomes: "this.#source.file(name)",
  },
  {
    bug: "an outage that is still going on is not one",
    text: "  end(undefined);\n",
    becomes: "",
  },
  {
    bug: "a gap between runs is observed in full",
    text: "const MISSING = 2.5;",
    becomes: "const MISSING = 250;",
  },
  {
    bug: "a run that confirms the last one counts as a further failure",
    text: " || isExtra && this.#told.get(name) === run.verdict",
    becomes: "",
  },
  {
    bug: "a check that was up before another one failed is not asked again",
    text: "if (last.began >= failure.ended) return true;",
    becomes: "if (last.began > 0) return true;",
  },
  {
    bug: "a window of maintenance that the clocks skip is empty",
    text: 'end > begin ? end : begin + from.until(to).total("milliseconds")',
    becomes: "end",
  },
  {
    bug: "a run that ends in a window of maintenance counts",
    text: "run.from < window.to && run.to >= window.from",
    becomes: "run.from < window.to && run.from >= window.from",
  },
  {
    bug: "a failure that ends after the return of another check is not explained",
    text: "down.until > failure.began",
    becomes: "down.until > failure.ended",
  },
  {
    bug: "experiments run anew only after their time",
    text: "age < 0 || age >= (profile.doubtful",
    becomes: "age < 0 || age > (profile.doubtful",
  },
  {
    bug: "a server in trouble is examined",
    text: "status === 429 || status >= 500;",
    becomes: "status === 429;",
  },
  {
    bug: "a path begins at the current folder",
    text: 'if (ABSOLUTE.test(path) || this.#folder === ".") return path;',
    becomes: "if (ABSOLUTE.test(path) || this.#folder !== undefined) return path;",
  },
  {
    bug: "a secure key is refused although a redirect may lead to https",
    text: 'if (scheme === "http" && !options.maxRedirects) {',
    becomes: 'if (scheme === "http") {',
  },
  {
    bug: "a key of the check keeps the defaults that it excludes",
    text: "!given.some((key) => excludes(key, name) || REPLACED.get(key)?.includes(name))",
    becomes: "!given.some((key) => REPLACED.get(key)?.includes(name))",
  },
  {
    bug: "an outage without further runs goes on now",
    text: "return seenUntil === now && (",
    becomes: "return (",
  },
  {
    bug: "no history is ever too old to tell what is now",
    text: "const OVERDUE = 2.5;",
    becomes: "const OVERDUE = 2500;",
  },
  {
    bug: "each failed run is a single failure of its own",
    text: "failing = !inOutage;",
    becomes: "failing = false;",
  },
  {
    bug: "runs in maintenance count",
    text: "CASE WHEN excluded IS NOT NULL THEN",
    becomes: "CASE WHEN excluded = 'no' THEN",
  },
  {
    bug: "one task file removes the checks of another",
    text: 'check["source"] === file && check["removed"] === null',
    becomes: 'check["removed"] === null',
  },
  {
    bug: "a check that returns stays removed",
    text: "source = ifnull(excluded.source, source), removed = NULL",
    becomes: "source = ifnull(excluded.source, source)",
  },
  {
    bug: "damage in the runs of a history is not looked for",
    text: '"PRAGMA integrity_check(1)"',
    becomes: '"PRAGMA integrity_check(checks)"',
  },
  {
    bug: "the file of a history never shrinks",
    text: "while (free > 0) {",
    becomes: "while (free < 0) {",
  },
  {
    bug: "a key that stands twice in a task file hides the first one",
    text: "checkUniqueNames(text);",
    becomes: 'if (prefix !== "") checkUniqueNames(text);',
  },
  {
    bug: "nobody is told of a task file that stays missing",
    text: "isSame || this.#missing > 0 && this.#missing < PATIENCE",
    becomes: "isSame || this.#missing > 0",
  },
  {
    bug: "the octets of a password that is not UTF-8 are shown",
    text: "[value, ...misreadings(value)]",
    becomes: "[value]",
  },
  {
    bug: "a text that was cut is longer than its limit",
    text: "if (size <= room) cut = whole;",
    becomes: "cut = whole;",
  },
  {
    bug: "good news has a cause",
    text: 'if (weightOf(notice) !== "good" && !shown',
    becomes: "if (!shown",
  },
  {
    bug: "a receiver cannot replace a header field of its service",
    text: "filter(([name]) => !own.has(name.toLowerCase()))",
    becomes: "filter(([name]) => !own.has(name))",
  },
  {
    bug: "a command never hears how long an outage was",
    text: "outage_ms: outage?.ms,",
    becomes: "outage_ms: undefined,",
  },
  {
    bug: "a named pipe is opened as a history",
    text: '["isFifo", "it is a named pipe"],',
    becomes: '["isBlockDevice", "it is a named pipe"],',
  },
  {
    bug: "experiments that break an expectation are kept as long as others",
    text: "return isUnknown || isBroken ?",
    becomes: "return isUnknown ?",
  },
  {
    bug: "with --once, a check does not wait for the one that it depends on",
    text: "const run = needed.length === 0",
    becomes: "const run = needed.length >= 0",
  },
  {
    bug: "callers get the changes that nobody is told of",
    text: "changes: changes.filter(({ quiet }) => quiet !== true)",
    becomes: "changes: changes.filter(() => true)",
  },
  {
    bug: "a run of the same millisecond as another one is lost",
    text: "facts).changes === 0) at++;",
    becomes: "facts).changes < 0) at++;",
  },
  {
    bug: "a run that another check explains counts as not measured",
    text: 'if (run.verdict === "unknown" && run.reason === undefined) {',
    becomes: 'if (run.verdict === "unknown") {',
  },
  {
    bug: "a reminder comes with a run that was up",
    text: 'const isQuiet = run.verdict !== "down" || state',
    becomes: "const isQuiet = state",
  },
  {
    bug: "a run in maintenance changes the state",
    text: "if (run.excluded !== undefined) return { state, changes: [] };",
    becomes: "",
  },
  {
    bug: "a check that returns to its task file while it is down tells nobody",
    text: 'told: state.condition === "up" ? undefined : "up" as const,',
    becomes: "told: undefined,",
  },
  {
    bug: "checks that are needed by needed checks do not run",
    text: "for (const name of needed) for",
    becomes: "for (const { name } of chosen) for",
  },
  {
    bug: "a check with defaults depends on itself",
    text: ": dependsOn.filter((other) => other !== name)",
    becomes: ": dependsOn",
  },
  {
    bug: "a window of maintenance may have no length",
    text: "if (span.from < span.to) return",
    becomes: "if (span.from <= span.to) return",
  },
  {
    bug: "a bar does not know the cause of a failure that began before it",
    text: "const first = begin > 0 && ends[begin - 1]! > start ? begin - 1 : begin;\n  const part",
    becomes: "const first = begin;\n  const part",
  },
  {
    bug: "a run during which the machine was asleep fills the gap",
    text: "if (total > LONGEST_TRY) return 0;",
    becomes: "",
  },
  {
    bug: "the outcome of a check names the highest threshold",
    text: "threshold: Math.min(...passed)",
    becomes: "threshold: Math.max(...passed)",
  },
  {
    bug: "a name that does not resolve is the fault of a target even without a network",
    text: '&& error.kind !== "resolve") return result;',
    becomes: ") return result;",
  },
  {
    bug: "other tags of a check are part of its definition",
    text: '  "name",\n  "tags",\n  "interval",\n  "on",',
    becomes: '  "name",\n  "interval",\n  "on",',
  },
  {
    bug: "a form has no media type",
    text: "if (form !== undefined && !typed)",
    becomes: "if (form === undefined && !typed)",
  },
  {
    bug: "an address also counts for other hosts",
    text: "return { host: target?.host, port: port",
    becomes: "return { host: undefined, port: port",
  },
  {
    bug: "two receivers that get the same requests are no mistake",
    text: "if (other === undefined) first.set(identity, receiver.place);",
    becomes: 'if (other === undefined || identity !== "") first.set(identity, receiver.place);',
  },
  {
    bug: "a token in the path of a URL is shown",
    text: "if (part.length >= SHORTEST_TOKEN) remember(part);",
    becomes: "",
  },
  {
    bug: "bad news has the usual priority of ntfy",
    text: 'weight === "bad" ? priority : USUAL',
    becomes: "USUAL",
  },
  {
    bug: "a title that is not ASCII is sent as it is to ntfy",
    text: 'if (/^[\\x20-\\x7e]*$/.test(title) && !title.includes("=?")) return title;',
    becomes: "return title;",
  },
  {
    bug: "a secret in UTF-16 with the high octet first is shown",
    text: "for (const isLittleEndian of [true, false]) {",
    becomes: "for (const isLittleEndian of [true]) {",
  },
  {
    bug: "a part of an escape is left of a secret that was cut",
    text: "end: isCut ? Math.max(end, text.indexOf(CUT, end)) : end",
    becomes: "end",
  },
  {
    bug: "outages of several checks at one time are separate items",
    text: "const MOST_ALONE = 3;",
    becomes: "const MOST_ALONE = 3000;",
  },
  {
    bug: "the report page mixes checks that are down with those that are up",
    text: 'const down = checks.filter(({ check: { state } }) => state !== "up" && state !== "removed");',
    becomes: 'const down = checks.filter(({ check: { state } }) => state !== "removed");',
  },
  {
    bug: "a check that was removed counts in its group",
    text: 'const watched = checks.filter(({ check: { state } }) => state !== "removed");',
    becomes: "const watched = checks;",
  },
];
