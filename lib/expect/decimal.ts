/**
 * Decimal numbers of any size and precision, compared without rounding.
 *
 * @module
 */

/** A number as its value is compared: ±0.DIGITS × 10^point. */
export interface Decimal {
  /** Below zero; false for every zero. */
  readonly negative: boolean;
  /** Significant digits, without zeros at either end; empty for zero. */
  readonly digits: string;
  /** Where the point stands, counted from before the first digit. */
  readonly point: bigint;
}

const DECIMAL = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/;
const ZERO = 48;

/** Digits of an exponent that are read exactly: to read millions of them, which a peer can send, takes seconds. */
const EXPONENT_DIGITS = 400;

/**
 * Reads a decimal number as it is written: `9007199254740993`, `-0.10`, `1e400`.
 *
 * @returns `undefined` if the text is no decimal number.
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

/** An exponent; one with too many digits becomes the largest one that is read. */
function readExponent(written: string): bigint {
  let start = /^[+-]/.test(written) ? 1 : 0;
  while (written.charCodeAt(start) === ZERO) start++;
  const digits = written.length - start > EXPONENT_DIGITS
    ? "9".repeat(EXPONENT_DIGITS)
    : written.slice(start);
  const size = BigInt(digits);
  return written.startsWith("-") ? -size : size;
}

/** Compares two numbers by value: below 0 if the first is less, 0 if they are equal, above 0 if it is more. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const size = compareSizes(a, b);
  return a.negative ? -size : size;
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.digits === "" || b.digits === "") return Math.sign(a.digits.length - b.digits.length);
  if (a.point !== b.point) return a.point < b.point ? -1 : 1;
  // Both begin behind the point, so that the order of the texts is that of the numbers.
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -1 : 1;
}
