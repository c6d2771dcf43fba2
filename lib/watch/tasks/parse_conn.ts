/**
 * Reads the experiments of a check.
 *
 * @module
 */

import { type Expectation, parseExpectation, partsOf } from "../../expect/parse_expectation.ts";
import { parseDuration } from "../../text/duration.ts";
import { adviseNearest } from "../../text/nearest.ts";
import { LONGEST_TIMER } from "../../time/timer.ts";
import type { EntryReader } from "./entry_reader.ts";
import { asEntry, asList, asText, durationAdvice, type Entry } from "./entry_values.ts";
import { NAMES, QUICK_EXPERIMENTS } from "./quick_experiments.ts";
import { describeUnknownKey } from "./unknown_key.ts";

/** The experiments of a check, and how often they run. */
export interface ConnPlan {
  /** Milliseconds from one measurement to the next. */
  readonly every: number;
  /** Names of the experiments. */
  readonly experiments: readonly string[];
}

/** Facts of a whole profile, and short names of experiments that take long. */
const SLOW = /^\s*(?:not\s+|!\s*)?(idle|maxRequests|findings)(?![\w-])/;

/** Milliseconds from one measurement to the next: one hour. */
const USUAL_EVERY = 3_600_000;

const SHORTEST_EVERY = 10_000;
const KEYS = ["every", "experiments"];

/** Reads `conn`: `true`, a duration, a list of experiments, or an object with `every` and `experiments`. */
export function parseConn(reader: EntryReader): ConnPlan | undefined {
  const entry = reader.read("conn", asPlan);
  if (entry === undefined) return undefined;
  for (const key of Object.keys(entry)) {
    if (!KEYS.includes(key)) reader.report(`conn.${key}`, describeUnknownKey(key, KEYS));
  }
  const { every, experiments } = entry;
  return {
    every: every === undefined
      ? USUAL_EVERY
      : reader.attempt("conn.every", () => parseEvery(asText(every))) ?? USUAL_EVERY,
    experiments: experiments === undefined
      ? QUICK_EXPERIMENTS
      : reader.attempt("conn.experiments", () => readExperiments(reader, experiments)) ?? [],
  };
}

/** Spells the short forms as an object. */
function asPlan(value: unknown): Entry | undefined {
  if (value === false) return undefined;
  if (value === true) return {};
  if (typeof value === "string") return { every: value };
  if (Array.isArray(value)) return { experiments: value };
  const wanted = "true, a duration, a list of experiments, or an object with every and experiments";
  if (typeof value !== "number") return asEntry(value, wanted);
  throw new TypeError(`expected ${wanted}, not ${value}${durationAdvice(value)}`);
}

function parseEvery(text: string): number {
  const ms = parseDuration(text);
  if (ms < SHORTEST_EVERY) throw new RangeError("the shortest is 10s: experiments send several requests");
  if (ms > LONGEST_TIMER) throw new RangeError("the longest is 24d");
  return ms;
}

function readExperiments(reader: EntryReader, value: unknown): string[] {
  const names = asList(value);
  if (names.length === 0) throw new TypeError("the list is empty");
  return names.flatMap((name, index) =>
    reader.attempt(`conn.experiments[${index}]`, () => asExperiment(asText(name))) ?? []
  );
}

function asExperiment(name: string): string {
  if (QUICK_EXPERIMENTS.includes(name)) return name;
  const advice = adviseNearest(name, QUICK_EXPERIMENTS, { write: JSON.stringify });
  throw new TypeError(`there is no quick experiment "${name}", ${advice}`);
}

/**
 * Parses an expectation of a check.
 *
 * @throws {TypeError} If it is about an experiment that the check does not run
 */
export function parseCheckExpectation(text: string, conn: ConnPlan | undefined): Expectation {
  const [, fact] = /^\s*(?:not\s+|!\s*)?conn\.(\S+)/.exec(text) ?? [];
  if (fact !== undefined) {
    throw new TypeError(`Cannot parse expectation "${text}": write experiments.${fact}`);
  }
  const [, slow] = SLOW.exec(text) ?? [];
  if (slow !== undefined) {
    throw new TypeError(
      `Cannot parse expectation "${text}": ${slow} needs sonde conn, which takes too long here`,
    );
  }
  const expectation = parseExpectation(text, { subject: "row", names: NAMES, brief: true });
  const experiment = experimentOf(expectation);
  if (experiment === undefined || conn?.experiments.includes(experiment)) return expectation;
  const advice = conn === undefined ? `"conn": ["${experiment}"]` : `"${experiment}" to conn.experiments`;
  throw new TypeError(
    `this is about the experiment ${experiment}, which the check does not run: add ${advice}`,
  );
}

/** Names the experiment that an expectation is about, if any. */
export function experimentOf(expectation: Expectation): string | undefined {
  return partsOf(expectation).fact.row?.experiment;
}
