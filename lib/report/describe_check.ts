/**
 * Describes expectations that do not hold.
 *
 * @module
 */

import type { Check } from "../result.ts";
import { formatDuration } from "../text/duration.ts";
import { unitOfFact } from "./fact_unit.ts";

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
    const found = `at least ${withUnit(actual.atLeast, expect)}`;
    return advice === undefined ? `found ${found}` : `could not be decided: ${found}; ${advice}`;
  }
  // Numbers of a body are shown as they are.
  return `found ${typeof actual === "number" && !ofJson ? withUnit(actual, expect) : JSON.stringify(actual)}`;
}

/** Formats a number with the unit of its fact. */
function withUnit(actual: number, expect: string): string {
  const unit = unitOfFact(expect);
  const shown = String(Math.round(actual * 1000) / 1000);
  if (unit === undefined) return shown;
  if (unit === "ms" && actual >= 0) return describeTime(actual, expect) ?? `${shown} ms`;
  return `${shown} ${shown === "1" ? unit.replace(/(?<=^octet|^day)s$/, "") : unit}`;
}

/**
 * Formats a time for people; `undefined` if it would then look like a number of the expectation, which the time as measured
 * does not equal.
 */
function describeTime(ms: number, expect: string): string | undefined {
  const text = formatDuration(ms);
  const bounds: readonly string[] = expect.match(/\d+(?:\.\d+)?/g) ?? [];
  return bounds.includes(String(parseFloat(text))) ? undefined : text;
}

function isBound(actual: unknown): actual is { readonly atLeast: number } {
  return typeof actual === "object" && actual !== null && "atLeast" in actual &&
    typeof actual.atLeast === "number" && Object.keys(actual).length === 1;
}

/** Describes an expectation that does not hold: `not status == 200 (found 503)`. */
export function describeBrokenCheck(check: Check): string {
  return `not ${check.expect} (${describeActual(check)})`;
}
