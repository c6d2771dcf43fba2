/**
 * Bugs of batches.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";

/** In the order of the files. */
export const BATCH_MUTANTS: readonly Mutant[] = [
  {
    bug: "a flush forgets the weight of the rows that waited",
    text: "    this.#readySize += this.#heldSize;\n",
    becomes: "",
  },
  {
    bug: "rows that left still weigh in those that wait",
    text: "        this.#heldSize -= size;\n",
    becomes: "",
  },
  {
    bug: "rows that were taken still weigh",
    text: "    this.#ready = [];\n    this.#readySize = 0;",
    becomes: "    this.#ready = [];",
  },
  {
    bug: "concurrency that was lowered never grows again",
    text: "    this.#limit = Math.min(this.#most, this.#limit + step);\n",
    becomes: "",
  },
  {
    bug: "concurrency grows after the first success",
    text: "++this.#successes < (this.#starved ? FIRST_TRIAL : this.#trial)) return;",
    becomes: "false) return;",
  },
  {
    bug: "every target that fails at once halves the concurrency",
    text: "if (epoch !== this.#epoch) return false;",
    becomes: "",
  },
  {
    bug: "the pause after local faults has no bound",
    text: "Math.min(FIRST_PAUSE * 2 ** this.#setbacks, LONGEST_PAUSE)",
    becomes: "FIRST_PAUSE * 2 ** this.#setbacks",
  },
  {
    bug: "the time until concurrency grows stays the same after each setback",
    text: "this.#trial = Math.min(this.#trial * 2, LONGEST_TRIAL);",
    becomes: "",
  },
  {
    bug: "a success does not end the setbacks",
    text: "  noteSuccess(): void {\n    this.#setbacks = 0;",
    becomes: "  noteSuccess(): void {",
  },
  {
    bug: "a local timeout is not tried again",
    text: 'by === "local" && kind === "timeout"',
    becomes: "false",
  },
  {
    bug: "--retry repeats local faults",
    text: 'by !== "local" && ERROR_KINDS[kind].passes',
    becomes: "ERROR_KINDS[kind].passes",
  },
  {
    bug: "--retry repeats names that do not exist",
    text: ' && !(kind === "resolve" && by === "target")',
    becomes: "",
  },
  {
    bug: "--retry tries once more than it is told",
    text: "job.attempts.length >= this.#retries",
    becomes: "job.attempts.length > this.#retries",
  },
  {
    bug: "a target waits for resources no longer though others are measured",
    text: "this.#measured > target.measuredBefore ? MAX_FAULTS_ALONE : MAX_FAULTS",
    becomes: "MAX_FAULTS",
  },
  {
    bug: "each target waits for resources by itself though none was measured since the last gave up",
    text: "this.#gaveUpAt === this.#measured || ",
    becomes: "",
  },
  {
    bug: "a measured target does not renew the patience",
    text: "    this.#backoff.noteMeasured();\n",
    becomes: "",
  },
  {
    bug: "starts are made up for without bound",
    text: "Math.max(this.#next, now - CATCH_UP)",
    becomes: "this.#next",
  },
  {
    bug: "one earlier row stands for every equal line",
    text: "else counts.set(key, count - 1);",
    becomes: "",
  },
  {
    bug: "a failed row counts as done before a good one",
    text: 'if (ok === true) return "ok";',
    becomes: 'if (ok !== undefined) return "ok";',
  },
  {
    bug: "a torn last line is a row",
    text: 'if (!torn && last.trim() !== "" && !done.add(last)) unreadable++;',
    becomes: 'if (last.trim() !== "" && !done.add(last)) unreadable++;',
  },
  {
    bug: "a port that stands twice is probed twice",
    text: "return [...new Set(ports)];",
    becomes: "return ports;",
  },
  {
    bug: "a range begins at its address and not at its beginning",
    text: "countIpv4(value - value % size, size)",
    becomes: "countIpv4(value, size)",
  },
  {
    bug: "fields of a JSON line are sent in Latin-1",
    text: "utf8Octets(entry[1] as string)",
    becomes: "(entry[1] as string)",
  },
  {
    bug: "the content of redirects weighs nothing",
    text: "  for (const hop of redirects) characters += hop.body?.text?.length ?? 0;\n",
    becomes: "",
  },
  {
    bug: "what is due last comes first",
    text: "heap[child]!.due < heap[least]!.due",
    becomes: "heap[child]!.due > heap[least]!.due",
  },
  {
    bug: "the last shard is empty",
    text: "=== index % count",
    becomes: "=== index",
  },
  {
    bug: "a line as long as the limit is cut",
    text: "this.#cut = line.length > this.#longest;",
    becomes: "this.#cut = line.length >= this.#longest;",
  },
  {
    bug: "a comment needs no blank before it",
    text: "const COMMENT = /\\s+#[^]*$/;",
    becomes: "const COMMENT = /\\s*#[^]*$/;",
  },
  {
    bug: "/0 is no range",
    text: "if (prefix > 32) refuse",
    becomes: "if (prefix > 32 || prefix === 0) refuse",
  },
  {
    bug: "an octet of 256 is taken",
    text: "octets.some((octet) => octet > 255)",
    becomes: "octets.some((octet) => octet > 256)",
  },
  {
    bug: "paths are put behind the path of a target",
    text: 'rest === "" || rest === "/" ? paths : []',
    becomes: "paths",
  },
  {
    bug: "ports are put behind the port of a target",
    text: "port === undefined && ports.length > 0 ? ports : [port]",
    becomes: "ports.length > 0 ? ports : [port]",
  },
  {
    bug: "a tag that is a number is refused",
    text: 'if (name === "tag" && typeof member === "number") return String(member);',
    becomes: "",
  },
  {
    bug: "an unknown member of a JSON line is passed over",
    text: "if (!Object.hasOwn(MEMBERS, name)) refuse(",
    becomes: 'if (name === "") refuse(',
  },
  {
    bug: "rows of two addresses of one name are taken for the same",
    text: '`${url}\\n${address ?? ""}\\n${id ?? ""}`',
    becomes: '`${url}\\n${id ?? ""}`',
  },
  {
    bug: "an abort gives no row that is done",
    text: "    this.#rows.flush();\n    this.#wake();",
    becomes: "    this.#wake();",
  },
  {
    bug: "a host that is done keeps the places that it had",
    text: "} else if (--state.admitted === 0) this.#hosts.delete(item.host);",
    becomes: "}",
  },
  {
    bug: "the method of a line is ignored",
    text: "method: method ?? options.method",
    becomes: "method: options.method",
  },
  {
    bug: "the address of a line counts for one port",
    text: "(port === undefined ? [443, 80] : [port])",
    becomes: "(port === undefined ? [443] : [port])",
  },
  {
    bug: "a row does not say its line",
    text: "  if (line !== undefined) result.line = line;\n",
    becomes: "",
  },
  {
    bug: "failed tries of the batch are lost",
    text: "if (attempts.length > 0) result.attempts = [...attempts, ...result.attempts ?? []];",
    becomes: "",
  },
  {
    bug: "the wait before another try does not grow",
    text: "FIRST_DELAY * 2 ** (failures - 1)",
    becomes: "FIRST_DELAY",
  },
  {
    bug: "addresses that a name has twice are probed twice",
    text: "[...new Set(usable)].map(",
    becomes: "usable.map(",
  },
  {
    bug: "a rate of 100 a second is 1000",
    text: "this.#interval = 1000 / perSecond;",
    becomes: "this.#interval = 100 / perSecond;",
  },
  {
    bug: "a rate of 0 is taken",
    text: "limit === undefined || limit > 0 && (",
    becomes: "limit === undefined || limit >= 0 && (",
  },
  {
    bug: "lost time halves the concurrency down to one",
    text: "const least = Math.min(LEAST_WHEN_STARVED, Math.ceil(this.#most / 2), this.#limit);",
    becomes: "const least = 1;",
  },
  {
    bug: "a target is tried for ever while this process has no time",
    text: "return ++job.starvedTries < MAX_STARVED_TRIES ? retryDelay(job.starvedTries) : undefined;",
    becomes: "return retryDelay(++job.starvedTries);",
  },
  {
    bug: "a target that was late gets no more time",
    text: "lostTimeAllowance: lostTimeAllowance * 2 ** starvedTries",
    becomes: "lostTimeAllowance",
  },
  {
    bug: "a range of a list counts as one target",
    text: "if (!shard) return range.size * each;",
    becomes: "if (!shard) return each;",
  },
  {
    bug: "a bad line counts in every part of a list",
    text: "return countInShard([{ url: text.slice(0, SHOWN) }], options.shard);",
    becomes: "return 1;",
  },
  {
    bug: "the time left takes running tries for finished ones",
    text: "unstarted * mean / running + this.#meter.longestRest()",
    becomes: "unstarted * mean / running",
  },
  {
    bug: "a try that ends twice counts twice",
    text: "if (!this.#running.delete(one)) return;",
    becomes: "this.#running.delete(one);",
  },
  {
    bug: "a try that takes longer than all others ignores the time limits",
    text: "(limit) => limit * LATE > age) ?? Infinity;",
    becomes: "(limit) => limit * LATE > age) && Infinity || Infinity;",
  },
  {
    bug: "no try is expected to hang before it outlasts the others",
    text: "if (hanging === undefined) return rest;",
    becomes: "if (hanging !== undefined) return rest;",
  },
];
