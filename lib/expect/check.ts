/**
 * Holds an expectation against what it is about.
 *
 * @module
 */

import type { Check } from "../result.ts";
import { compareDecimals, parseDecimal } from "./decimal.ts";
import { type Fact, type Found, isEstablished, LowerBound, NotEstablished, Several } from "./fact.ts";
import type { Comparison, Operator, ParsedExpectation } from "./parse_expectation.ts";
import { PatternEffortError } from "./pattern.ts";
import type { ExpectedValue } from "./value.ts";
import { WrittenNumber } from "./written_number.ts";

/** Code units of a text and of a JSON value that are shown as the actual value. */
const LONGEST_ACTUAL = 200;

/** How checks are reported. */
export interface CheckOptions {
  /** Takes out of a text what must not be shown; it is given the actual value before that is cut. */
  readonly redact?: ((text: string) => string) | undefined;
}

/** Holds an expectation against what it is about. */
export function check<Subject>(
  { text, negated, comparison }: ParsedExpectation,
  { fact, subject }: { readonly fact: Fact<Subject>; readonly subject: Subject },
  options: CheckOptions = {},
): Check {
  const { redact = (it) => it } = options;
  const found = fact.read(subject);
  try {
    const holds = comparison === undefined ? isThere(found, fact) : compare(found, comparison, fact);
    // Of what could not be established nothing holds, negated or not.
    return {
      expect: text,
      ok: holds !== undefined && holds !== negated,
      actual: shown(found, redact),
      ...(holds === undefined && found instanceof LowerBound && { advice: adviseBound(fact, comparison) }),
      ...(found instanceof NotEstablished && { reason: redact(found.reason) }),
    };
  } catch (error) {
    if (!(error instanceof PatternEffortError)) throw error;
    return { expect: text, ok: false, actual: error.message };
  }
}

/** How to see what was not seen to its end. */
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
  if (found === "") return fact.needs === undefined; // An empty field is there, an empty body is none.
  return !(Array.isArray(found) && found.length === 0);
}

/** Whether the comparison holds; `undefined` if it cannot be told. */
function compare(
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

/** Of a number that is only known not to be lower, some comparisons hold whatever it is. */
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

/** Numbers are compared as they are written (RFC 8259 §6), without rounding them to what JavaScript can hold. */
function compareNumber(
  found: Found,
  operator: Operator,
  { number, decimal, text }: ExpectedValue & { type: "number" },
  { numeric }: Pick<Fact<never>, "numeric">,
): boolean {
  // A text that is no number by its meaning, as a version or a serial number.
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

/** What has one text: no object, list or `null`. */
function isPlain(found: Found): boolean {
  return typeof found === "string" || typeof found === "number" || typeof found === "boolean" ||
    found instanceof WrittenNumber;
}

function shown(found: Found, redact: (text: string) => string): unknown {
  if (found instanceof Several) {
    return found.values.length === 1
      ? shown(found.values[0], redact)
      : found.values.map((it) => shown(it, redact));
  }
  if (!isEstablished(found)) return undefined;
  if (found instanceof LowerBound) return { atLeast: found.atLeast };
  if (typeof found === "string") return cut(redact(found));
  if (found === null || typeof found !== "object") return found;
  const json = stringify(found);
  if (json === undefined) return "data that is nested too deeply to be shown";
  // Names too may be what must not be shown.
  const allowed = redact(json);
  return allowed.length > LONGEST_ACTUAL || allowed !== json ? cut(allowed) : found;
}

/** JSON; `undefined` where the data is too deep for the stack that this takes, which is for the peer to decide. */
function stringify(found: object): string | undefined {
  try {
    return JSON.stringify(found);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function cut(text: string): string {
  return text.length > LONGEST_ACTUAL ? text.slice(0, LONGEST_ACTUAL) + "…" : text;
}
