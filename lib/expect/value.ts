/**
 * Parses the value that a fact is compared with.
 *
 * @module
 */

import { type Decimal, parseDecimal } from "./decimal.ts";
import { parseDuration } from "../text/duration.ts";
import { parseSize } from "../text/size.ts";
import type { FactType, FactUnit } from "./fact.ts";
import { Pattern, PatternSyntaxError } from "./pattern.ts";
import { unquote } from "./path.ts";
import { ExpectationSyntaxError } from "./syntax_error.ts";

/** The value that a fact is compared with. */
export type ExpectedValue =
  /**
   * `decimal` is the exact value, `number` the nearest number of JavaScript, `text` the number as written, for facts that
   * are text: `version == 1.1`.
   */
  | { readonly type: "number"; readonly number: number; readonly decimal: Decimal; readonly text: string }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "constant"; readonly value: boolean | null }
  | { readonly type: "pattern"; readonly pattern: Pattern };

const NUMBER = /^(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const QUOTED = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')$/;
const WORD = /^[\w./:@+-]+$/;
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([["true", true], ["false", false], [
  "null",
  null,
]]);

/** Milliseconds of the units of durations. */
const MS_OF: Readonly<Record<Exclude<FactUnit, "octets">, number>> = { ms: 1, s: 1000, days: 86_400_000 };

/**
 * Parses the value of an expectation.
 *
 * @param text The whole expectation
 * @param at Index where the value begins; it continues to the end
 * @param fact The fact that is compared with it
 * @throws {ExpectationSyntaxError} If the text is not a value, or if the fact cannot be compared with it
 */
export function parseValue(
  text: string,
  at: number,
  fact: { readonly type: FactType; readonly unit?: FactUnit | undefined },
): ExpectedValue {
  const written = text.slice(at).trimEnd();
  const second = /^[^"'/]*?\s(?:&&|\|\||and|or)\s/i.exec(written);
  if (second !== null) {
    const advice = /&&|and/i.test(second[0]) ? ": write the second one as an expectation of its own" : "";
    throw new ExpectationSyntaxError(text, at, `an expectation has one condition${advice}`);
  }
  if (written.startsWith("/")) return { type: "pattern", pattern: parseSlashed(text, at, written) };
  if (QUOTED.test(written)) return { type: "text", text: unquote(text, at, written) };
  if (/^["']/.test(written)) {
    throw new ExpectationSyntaxError(
      text,
      at,
      "the quoted text must end with the same quote, and nothing may follow it",
    );
  }
  if (NUMBER.test(written)) {
    return { type: "number", number: Number(written), decimal: parseDecimal(written)!, text: written };
  }
  const constant = CONSTANTS.get(written);
  if (constant !== undefined && fact.type !== "text") return { type: "constant", value: constant };
  if (/^-?[\d.]/.test(written) && fact.type !== "text" && fact.type !== "any") {
    return parseQuantity(text, at, written, fact.unit);
  }
  if (WORD.test(written)) return { type: "text", text: written };
  throw new ExpectationSyntaxError(text, at, 'write a number, "text", /pattern/, true, false or null');
}

function parseQuantity(text: string, at: number, written: string, unit: FactUnit | undefined): ExpectedValue {
  if (unit === undefined) {
    throw new ExpectationSyntaxError(
      text,
      at,
      /^[1-5]xx$/i.test(written)
        ? `"${written}" is not a number: write < ${Number(written[0]) + 1}00, and >= ${
          written[0]
        }00 as another expectation`
        : `"${written}" is not a number, or has a unit that does not fit here`,
    );
  }
  try {
    const number = unit === "octets"
      ? parseSize(written)
      : parseDuration(written.replace(/\s+(?=[a-z])/, "")) / MS_OF[unit];
    return { type: "number", number, decimal: parseDecimal(String(number))!, text: written };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    throw new ExpectationSyntaxError(text, at, error.message.replace(/^Cannot /, "cannot "));
  }
}

function parseSlashed(text: string, at: number, written: string): Pattern {
  const end = closingSlash(written);
  if (end === -1) throw new ExpectationSyntaxError(text, at, "the pattern has no / at its end");
  const flags = written.slice(end + 1);
  const wrong = [...flags].findIndex((flag, index) => !"imsu".includes(flag) || flags.indexOf(flag) < index);
  if (wrong !== -1) {
    throw new ExpectationSyntaxError(
      text,
      at + end + 1 + wrong,
      "the flags of a pattern are i, m, s and u, each once",
    );
  }
  try {
    return new Pattern(written.slice(1, end), flags);
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    throw new ExpectationSyntaxError(text, at + 1 + error.index, error.message);
  }
}

/** Finds the first slash that is neither escaped nor in a class. */
function closingSlash(written: string): number {
  let inClass = false;
  for (let at = 1; at < written.length; at++) {
    const character = written[at];
    if (character === "\\") at++;
    else if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    else if (character === "/" && !inClass) return at;
  }
  return -1;
}
