/**
 * Parses expectations.
 *
 * @module
 */

import type { ExperimentNames } from "../conn/experiment_names.ts";
import { checkOptions, type OptionNames } from "../text/check_options.ts";
import { adviseNearest } from "../text/nearest.ts";
import { parsePath } from "./path.ts";
import { type ExpectationSubject, type ResolvedFact, resolveFact } from "./resolve_fact.ts";
import type { Fact } from "./fact.ts";
import { ExpectationSyntaxError } from "./syntax_error.ts";
import { comparableFact, unknownFact } from "./unknown_fact.ts";
import { type ExpectedValue, parseValue } from "./value.ts";

/** An operator of an expectation. */
export type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~";

/** A comparison of a fact with a value. */
export interface Comparison {
  readonly operator: Operator;
  readonly value: ExpectedValue;
}

/** A parsed expectation, made by {@linkcode parseExpectation}. */
export interface Expectation {
  /** The expectation as written. */
  readonly text: string;
}

/** The parts of an expectation. */
export class ParsedExpectation implements Expectation {
  readonly text: string;
  /** The expectation begins with `not`. */
  readonly negated: boolean;
  readonly fact: ResolvedFact;
  /** Absent if the fact only has to be present, and neither false nor an empty list. */
  readonly comparison: Comparison | undefined;

  constructor({ text, negated, fact, comparison }: ParsedExpectation) {
    this.text = text;
    this.negated = negated;
    this.fact = fact;
    this.comparison = comparison;
  }
}

/** Gives the parts of an expectation; a copy of one is parsed again. */
export function partsOf(expectation: Expectation): ParsedExpectation {
  return expectation instanceof ParsedExpectation ? expectation : readExpectation(expectation.text, {});
}

/** Operators in the order in which messages list them. */
const OPERATORS: readonly Operator[] = ["==", "!=", "<", "<=", ">", ">=", "~", "!~"];

/** Options of {@linkcode parseExpectation}. */
export interface ExpectationOptions {
  /** Subject of the expectation; facts of other subjects are refused. */
  readonly subject?: ExpectationSubject | undefined;
  /**
   * Names of experiments and findings, as `experimentNames()` gives them. Without it there are no short names such as
   * `idle`, and any name may follow `experiments.` and `findings.`
   */
  readonly names?: ExperimentNames | undefined;
  /**
   * `true` makes the error about an unknown fact name one fact, the nearest, however far it is.
   *
   * @default {false}
   */
  readonly brief?: boolean | undefined;
}

/**
 * Parses an expectation: `fact operator value`, or a fact alone. Either may begin with `not`.
 *
 * @param text An expectation, for instance `status < 400`, `header.cache-control ~ /max-age/`, `json.db.state == "up"`, `not tls`.
 * @throws {ExpectationSyntaxError} If the text is not an expectation, or if there is no such fact. The message has the
 * column, and names the nearest fact, or the nearest three
 * @throws {TypeError} If an option does not exist
 *
 * @example Usage
 * ```ts
 * import { parseExpectation } from "https://deno.land/x/sonde/lib/expect.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(parseExpectation("timings.wait < 300ms").text, "timings.wait < 300ms");
 * ```
 */
export function parseExpectation(text: string, options: ExpectationOptions = {}): Expectation {
  checkOptions(
    options,
    { subject: true, names: true, brief: true } satisfies OptionNames<ExpectationOptions>,
  );
  return readExpectation(text, options);
}

function readExpectation(text: string, options: ExpectationOptions): ParsedExpectation {
  const { subject, names, brief } = options;
  const not = /^\s*(?:not\s+|!\s*)?/.exec(text)![0];
  const { steps, end } = parsePath(text, not.length);
  const fact = resolveFact(steps, names);
  const name = text.slice(not.length, end);
  if (fact === undefined) throw unknownFact(text, { name, steps }, options);
  if (subject !== undefined && fact[subject] === undefined) {
    const [here, there] = subject === "profile" ? ["conn", "probe"] : ["probe", "conn"];
    const advice = brief ? "" : `: write sonde ${there} -e '${text.trim().replaceAll("'", "'\\\\''")}' URL`;
    throw new ExpectationSyntaxError(
      text,
      not.length,
      `"${name}" is a fact of sonde ${there}, not of sonde ${here}${advice}`,
    );
  }
  const kind = (fact.row ?? fact.profile)!;
  const comparison = parseComparison(text, end, kind, { ...options, name });
  return new ParsedExpectation({ text, negated: not.trim() !== "", fact, comparison });
}

function parseComparison(
  text: string,
  end: number,
  fact: Pick<Fact<never>, "type" | "unit" | "values">,
  { name, ...options }: ExpectationOptions & { readonly name: string },
): Comparison | undefined {
  const at = skipBlanks(text, end);
  if (at === text.length) return undefined;
  const written = /^[=!<>~]+/.exec(text.slice(at))?.[0];
  const operator = OPERATORS.find((it) => it === written);
  if (operator === undefined) throw new ExpectationSyntaxError(text, at, operatorHint(text.slice(at)));
  const valueAt = skipBlanks(text, at + operator.length);
  if (fact.type === "presence") {
    const comparable = comparableFact(name, text.slice(valueAt).trimEnd(), options);
    const example = comparable === undefined ? "" : `, such as ${comparable}`;
    throw new ExpectationSyntaxError(
      text,
      at,
      `"${name}" can only be present or absent; compare one of its facts${example}`,
    );
  }
  if (valueAt === text.length) throw new ExpectationSyntaxError(text, valueAt, "the value is missing");
  const value = parseValue(text, valueAt, fact);
  refuseMismatch(text, { at, valueAt }, { operator, value }, fact, name);
  return { operator, value };
}

/** Operators of other languages, with those that mean the same here. */
const INSTEAD: ReadonlyMap<string, Operator> = new Map([
  ...(["=", "===", "is", "eq", "equals", "be"] as const).map((word) => [word, "=="] as const),
  ...(["<>", "!==", "ne", "isnt", "=!"] as const).map((word) => [word, "!="] as const),
  ...(["=~", "~=", "contains", "matches", "match", "includes", "has", "like"] as const)
    .map((word) => [word, "~"] as const),
  ["=<", "<="],
  ["=>", ">="],
  ["lt", "<"],
  ["le", "<="],
  ["lte", "<="],
  ["gt", ">"],
  ["ge", ">="],
  ["gte", ">="],
]);

function operatorHint(rest: string): string {
  if (/^["'/\d]/.test(rest)) return `the operator before ${rest.trim()} is missing, as in == or <`;
  const word = /^(?:[A-Za-z]+|[^\w\s"'/]+)/.exec(rest)?.[0] ?? rest.slice(0, 1);
  const instead = INSTEAD.get(word.toLowerCase());
  return `"${word}" is not an operator; ` +
    (instead === undefined ? `the operators are ${[...OPERATORS].join(" ")}` : `write ${instead}`);
}

function refuseMismatch(
  text: string,
  places: { at: number; valueAt: number },
  { operator, value }: Comparison,
  fact: Pick<Fact<never>, "type" | "values">,
  name: string,
): void {
  const wrong = (cause: string, at = places.valueAt): never => {
    throw new ExpectationSyntaxError(text, at, cause);
  };
  const matches = operator === "~" || operator === "!~";
  if (value.type === "pattern" && !matches) wrong(`${operator} needs no pattern; write ~ or !~`, places.at);
  if (matches && value.type !== "pattern" && value.type !== "text") {
    wrong(`${operator} needs a /pattern/, or a "text" that is part of it`);
  }
  if (!matches && value.type === "text" && fact.values?.includes(value.text) === false) {
    const advice = adviseNearest(value.text, fact.values, { write: JSON.stringify });
    wrong(`"${name}" is never ${JSON.stringify(value.text)}, ${advice}`);
  }
  const ordered = !matches && operator !== "==" && operator !== "!=";
  if (ordered && value.type === "constant") wrong(`${operator} needs a number`);
  if (matches) return;
  if (fact.type === "flag" && value.type !== "constant") wrong(`"${name}" is true or false`);
  if ((fact.type === "number" || fact.type === "count") && value.type === "text") {
    wrong(`"${name}" is a number, so write one, as in ${name} ${operator} 300`);
  }
}

function skipBlanks(text: string, at: number): number {
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}
