/**
 * Checks one expectation against its subject.
 *
 * @module
 */

import type { Check } from "../result.ts";
import { actualValue } from "./actual_value.ts";
import { compare } from "./compare.ts";
import { type Fact, type Found, isEstablished, LowerBound, NotEstablished } from "./fact.ts";
import type { Comparison, ParsedExpectation } from "./parse_expectation.ts";
import type { OptionNames } from "../text/check_options.ts";
import { PatternEffortError } from "./pattern.ts";

/** Options of the check of an expectation. */
export interface CheckOptions {
  /**
   * Replaces secrets in a text. It gets the first 1000 characters of the actual value, and a `…` if there are more. The
   * report shows the first 200 characters of the outcome.
   */
  readonly redact?: ((text: string) => string) | undefined;
}

/** Names of {@linkcode CheckOptions}. */
export const CHECK_OPTION_NAMES = { redact: true } as const satisfies OptionNames<CheckOptions>;

/** Checks one expectation against its subject. */
export function check<Subject>(
  { text, negated, comparison }: ParsedExpectation,
  { fact, subject }: { readonly fact: Fact<Subject>; readonly subject: Subject },
  options: CheckOptions = {},
): Check {
  const { redact = (it) => it } = options;
  const found = fact.read(subject);
  try {
    const holds = comparison === undefined ? isThere(found, fact) : compare(found, comparison, fact);
    const check: Check = {
      expect: text,
      // If the fact could not be established, neither the expectation nor its negation holds.
      ok: holds !== undefined && holds !== negated,
      actual: actualValue(found, redact, { isContent: fact.type === "any" }),
    };
    if (holds === undefined && found instanceof LowerBound) check.advice = adviseBound(fact, comparison);
    if (found instanceof NotEstablished) check.reason = redact(found.reason);
    return check;
  } catch (error) {
    if (!(error instanceof PatternEffortError)) throw error;
    return { expect: text, ok: false, actual: error.message };
  }
}

/** Advises how to measure beyond the limit of an experiment. */
function adviseBound({ boundBy }: Pick<Fact<never>, "boundBy">, comparison: Comparison | undefined): string {
  const least = comparison?.value.type === "number" ? Math.ceil(comparison.value.number) + 1 : undefined;
  return boundBy === "maxRequests"
    ? `send more requests: --max-requests ${least ?? "N"}`
    : `watch for longer: --idle-limit ${least === undefined ? "TIME" : `${least}s`}`;
}

function isThere(found: Found, fact: Pick<Fact<never>, "type" | "needs">): boolean | undefined {
  if (!isEstablished(found)) return undefined;
  if (found === null || found === false) return false;
  if (fact.type === "count") return found !== 0;
  if (found === "") return fact.needs === undefined; // An empty field is there, an empty body is not.
  return !(Array.isArray(found) && found.length === 0);
}
