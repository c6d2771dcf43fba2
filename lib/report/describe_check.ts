/**
 * Describes expectations that do not hold.
 *
 * @module
 */

import type { Check } from "../result.ts";
import { formatDuration } from "../text/duration.ts";

/** Matches an expectation about a JSON body, of the last hop or of an earlier one. */
const OF_JSON = /^[\s!]*(?:not\s+)?(?:redirects\[[^\]]*\]\.)?json\b/;

/** A check, as far as its value is described. */
type CheckedValue = Pick<Check, "actual" | "advice" | "reason" | "age"> & { readonly expect?: string };

/** Describes the value that a check found: `found 503`, `found none`. */
export function describeActual(check: CheckedValue): string {
  const { age } = check;
  return age === undefined
    ? describeValue(check)
    : `${describeValue(check)}, measured ${formatDuration(age)} earlier`;
}

function describeValue({ expect = "", actual, advice, reason }: CheckedValue): string {
  if (actual === undefined) return `could not be established${reason === undefined ? "" : `: ${reason}`}`;
  if (actual === null) return "found none";
  const ofJson = OF_JSON.test(expect);
  if (!ofJson && isBound(actual)) {
    const found = `at least ${actual.atLeast}`;
    return advice === undefined ? `found ${found}` : `could not be decided: ${found}; ${advice}`;
  }
  // Times are measured to the nanosecond, and nobody wants to read that. Numbers of a body are shown as they are.
  const shown = typeof actual === "number" && !ofJson ? Math.round(actual * 1000) / 1000 : actual;
  return `found ${JSON.stringify(shown)}`;
}

function isBound(actual: unknown): actual is { readonly atLeast: number } {
  return typeof actual === "object" && actual !== null && "atLeast" in actual &&
    typeof actual.atLeast === "number" && Object.keys(actual).length === 1;
}

/** Describes an expectation that does not hold: `not status == 200 (found 503)`. */
export function describeBrokenCheck(check: Check): string {
  return `not ${check.expect} (${describeActual(check)})`;
}
