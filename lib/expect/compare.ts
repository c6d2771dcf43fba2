/**
 * Compares the value of a fact with the value of an expectation.
 *
 * @module
 */

import { compareDecimals, parseDecimal } from "./decimal.ts";
import { type Fact, type Found, isEstablished, LowerBound, Several } from "./fact.ts";
import type { Comparison, Operator } from "./parse_expectation.ts";
import type { ExpectedValue } from "./value.ts";
import { WrittenNumber } from "./written_number.ts";

/**
 * Compares a value that was found with the expected one.
 *
 * @returns `undefined` if it is unknown whether the comparison holds
 */
export function compare(
  found: Found,
  { operator, value }: Comparison,
  fact: Pick<Fact<never>, "numeric">,
): boolean | undefined {
  if (!isEstablished(found)) return undefined;
  if (operator === "!=") return negate(compare(found, { operator: "==", value }, fact));
  if (operator === "!~") return negate(compare(found, { operator: "~", value }, fact));
  if (found instanceof Several) return found.values.some((it) => compare(it, { operator, value }, fact));
  if (found instanceof LowerBound) return compareBound(found, operator, value);
  switch (value.type) {
    case "constant":
      return found === value.value;
    case "pattern":
      return isPlain(found) && value.pattern.test(String(found));
    case "number":
      return compareNumber(found, operator, value, fact);
    case "text":
      return isPlain(found) && compareText(String(found), operator, value.text);
  }
}

function negate(holds: boolean | undefined): boolean | undefined {
  return holds === undefined ? undefined : !holds;
}

/** Compares a number of which only a lower bound is known: some comparisons hold for every number above it. */
function compareBound(
  { atLeast, counted }: LowerBound,
  operator: Operator,
  value: ExpectedValue,
): boolean | undefined {
  if (value.type !== "number") return undefined;
  const exceeds = counted ? atLeast > value.number : atLeast >= value.number;
  switch (operator) {
    case ">=":
      return atLeast >= value.number ? true : undefined;
    case ">":
      return exceeds ? true : undefined;
    case "<":
      return atLeast >= value.number ? false : undefined;
    case "<=":
      return exceeds ? false : undefined;
    default:
      return atLeast > value.number ? false : undefined;
  }
}

/** Compares numbers as they are written (RFC 8259 §6), without rounding them to the precision of JavaScript. */
function compareNumber(
  found: Found,
  operator: Operator,
  { number, decimal, text }: ExpectedValue & { type: "number" },
  { numeric }: Pick<Fact<never>, "numeric">,
): boolean {
  // Versions and serial numbers look like numbers, but are texts.
  if (operator === "==" && typeof found === "string" && (found === text || !numeric)) return found === text;
  if (typeof found === "number" && !Number.isFinite(found)) return order(found, operator, number);
  if (!isPlain(found) || typeof found === "boolean") return false;
  const figure = parseDecimal(String(found).trim());
  if (figure === undefined) return false;
  const difference = compareDecimals(figure, decimal);
  return operator === "==" ? difference === 0 : order(difference, operator, 0);
}

function compareText(found: string, operator: Operator, text: string): boolean {
  if (operator === "==") return found === text;
  return operator === "~" ? found.includes(text) : order(found, operator, text);
}

function order<T extends number | string>(found: T, operator: Operator, value: T): boolean {
  switch (operator) {
    case "<":
      return found < value;
    case "<=":
      return found <= value;
    case ">":
      return found > value;
    case ">=":
      return found >= value;
    default:
      return false;
  }
}

/** Tells if a value has one text: no object, list or `null`. */
function isPlain(found: Found): boolean {
  return typeof found === "string" || typeof found === "number" || typeof found === "boolean" ||
    found instanceof WrittenNumber;
}
