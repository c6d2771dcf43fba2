/**
 * Reads the parts of a JSON text that have no structure: strings, numbers and blanks.
 *
 * @module
 */

import { readNumber } from "../written_number.ts";
import { JsonSyntaxError } from "./syntax_error.ts";

/** Digits of a whole number whose sum is exact. */
const SUMMED_DIGITS = 15;

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** A place in a JSON text, which moves on with each part that is read. */
export class JsonScanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads a string, from its opening quote on. */
  string(): string {
    const start = this.#at++;
    let escaped = false;
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit === 0x22) break;
      if (unit === 0x5c) {
        ESCAPE.lastIndex = this.#at;
        if (!ESCAPE.test(this.#text)) throw this.error("an escape of JSON");
        this.#at = ESCAPE.lastIndex;
        escaped = true;
      } else if (unit >= 0x20) this.#at++;
      else throw this.error("a character of the string or its closing quote");
    }
    const end = ++this.#at;
    return escaped
      ? JSON.parse(this.#text.slice(start, end)) as string
      : this.#text.slice(start + 1, end - 1);
  }

  /**
   * Reads a number. Most numbers are short and whole: their digits are added up, without a slice of the text.
   *
   * @param first The code unit at the place
   */
  number(first: number): unknown {
    const text = this.#text;
    const start = this.#at;
    let at = first === 0x2d ? start + 1 : start;
    let unit = at === start ? first : text.charCodeAt(at);
    const digits = at;
    let sum = 0;
    if (unit === 0x30) unit = text.charCodeAt(++at);
    else {
      for (; isDigit(unit); unit = text.charCodeAt(++at)) sum = sum * 10 + unit - 0x30;
    }
    this.#at = at;
    if (at === digits) throw this.error("a digit");
    const isFraction = unit === 0x2e;
    if (isFraction) unit = this.#digits(at + 1);
    const hasExponent = unit === 0x65 || unit === 0x45;
    if (hasExponent) this.#exponent();
    else if (!isFraction && at - digits <= SUMMED_DIGITS && (sum > 0 || digits === start)) {
      return digits === start ? sum : -sum;
    }
    return readNumber(text.slice(start, this.#at), { hasExponent });
  }

  /** Skips an exponent, which may have a sign. */
  #exponent(): void {
    const sign = this.#text.charCodeAt(this.#at + 1);
    this.#digits(this.#at + (sign === 0x2b || sign === 0x2d ? 2 : 1));
  }

  /**
   * Skips digits.
   *
   * @returns The code unit behind them
   */
  #digits(start: number): number {
    let at = start;
    let unit = this.#text.charCodeAt(at);
    while (isDigit(unit)) unit = this.#text.charCodeAt(++at);
    this.#at = at;
    if (at === start) throw this.error("a digit");
    return unit;
  }

  /** Skips a text if it stands at the place. */
  skip(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** Skips one code unit. */
  step(): void {
    this.#at++;
  }

  /** Tells if the whole text was read. */
  isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /**
   * Skips blanks and line ends.
   *
   * @returns The code unit behind them; NaN at the end of the text
   */
  skipBlanks(): number {
    let unit = this.#text.charCodeAt(this.#at);
    while (isBlank(unit)) unit = this.#text.charCodeAt(++this.#at);
    return unit;
  }

  /** Index of the place. */
  get at(): number {
    return this.#at;
  }

  /** Makes the error of a name that stands twice in one object, the second time at an index. */
  repeated(name: string, at: number): JsonSyntaxError {
    return new JsonSyntaxError(this.#text, at, "another name", `${JSON.stringify(name)} stands again`);
  }

  /** Makes the error of a mistake at the place. */
  error(expected: string): JsonSyntaxError {
    return new JsonSyntaxError(this.#text, this.#at, expected);
  }
}

/** Tells if a code unit is a digit. */
export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}
