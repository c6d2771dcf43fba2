/**
 * Parses and compares decimal numbers of any size and precision without rounding.
 *
 * @module
 */

/** A number as ±0.DIGITS × 10^point. */
export interface Decimal {
  /** The number is below zero. */
  readonly negative: boolean;
  /** Significant digits, without zeros at either end; empty for zero. */
  readonly digits: string;
  /** Position of the decimal point, counted from before the first digit. */
  readonly point: bigint;
}

const DECIMAL = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/;
const ZERO = 48;

/** Most digits of an exponent that are read exactly. A peer can send millions of digits, which would take seconds. */
const EXPONENT_DIGITS = 400;

/**
 * Parses a decimal number: `9007199254740993`, `-0.10`, `1e400`.
 *
 * @returns `undefined` if the text is not a decimal number
 *
 * @example Usage
 * ```ts
 * import { compareDecimals, parseDecimal } from "./decimal.ts";
 * import assert from "node:assert/strict";
 *
 * const [a, b] = ["9007199254740993", "9007199254740992"].map((it) => parseDecimal(it)!);
 * assert.equal(compareDecimals(a!, b!), 1);
 * assert.equal(compareDecimals(parseDecimal("1.0")!, parseDecimal("10e-1")!), 0);
 * ```
 */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign, whole = "", fraction = "", exponent = "0"] = DECIMAL.exec(text) ?? [];
  if (sign === undefined || whole === "" && fraction === "") return undefined;
  const written = whole + fraction;
  let start = 0;
  let end = written.length;
  while (start < end && written.charCodeAt(start) === ZERO) start++;
  while (end > start && written.charCodeAt(end - 1) === ZERO) end--;
  if (start === end) return { negative: false, digits: "", point: 0n };
  return {
    negative: sign === "-",
    digits: written.slice(start, end),
    point: readExponent(exponent) + BigInt(whole.length - start),
  };
}

/** Parses an exponent; one with too many digits becomes the largest possible one. */
function readExponent(written: string): bigint {
  let start = /^[+-]/.test(written) ? 1 : 0;
  while (written.charCodeAt(start) === ZERO) start++;
  const digits = written.length - start > EXPONENT_DIGITS
    ? "9".repeat(EXPONENT_DIGITS)
    : written.slice(start);
  const size = BigInt(digits);
  return written.startsWith("-") ? -size : size;
}

/** Compares two numbers by value. The outcome is negative if the first is less, 0 if they are equal, else positive. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const size = compareSizes(a, b);
  return a.negative ? -size : size;
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.digits === "" || b.digits === "") return Math.sign(a.digits.length - b.digits.length);
  if (a.point !== b.point) return a.point < b.point ? -1 : 1;
  // The digits of both begin behind the point, so the texts have the same order as the numbers.
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -1 : 1;
}
