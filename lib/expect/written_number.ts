/**
 * Keeps numbers of a JSON text that JavaScript would change.
 *
 * @module
 */

/** A function of ECMAScript that TypeScript does not know yet ("JSON.parse source text access"). */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** The grammar of a number (RFC 8259 §6). */
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** An exponent in the form that JavaScript writes. */
const EXPONENT = /e[+-][1-9][0-9]*$/;

/** Longest text that is never rounded: 15 digits, counted with point and sign. */
const EXACT = 15;

/** Longest number that JavaScript writes: 17 significant digits, and at most six zeros before them. */
const LONGEST = 27;

/**
 * A number of a JSON text that JavaScript would write differently: one with too many digits, or `1.0`, `1e400`, `-0`.
 * `JSON.stringify` and `String` write it as the JSON text has it.
 *
 * @example Usage
 * ```ts
 * import { WrittenNumber } from "https://deno.land/x/sonde/lib/expect.ts";
 * import assert from "node:assert/strict";
 *
 * const id = new WrittenNumber("9007199254740993");
 * assert.equal(JSON.stringify({ id }), '{"id":9007199254740993}');
 * assert.equal(String(id), "9007199254740993");
 * ```
 */
export class WrittenNumber {
  readonly #text: string;

  /**
   * Keeps a number.
   *
   * @param text A number by the grammar of JSON
   * @throws {SyntaxError} If the text is not such a number
   */
  constructor(text: string) {
    if (!NUMBER.test(text)) {
      throw new SyntaxError(`Cannot keep ${JSON.stringify(text)} as a number: JSON has no such number`);
    }
    this.#text = text;
  }

  /** Gives the number as written. */
  toString(): string {
    return this.#text;
  }

  /** Gives `JSON.stringify` the same digits. */
  toJSON(): unknown {
    return rawJSON(this.#text);
  }

  /** Gives console and assertions the same digits. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.#text;
  }
}

/**
 * Converts a number of a JSON text: to a plain number if JavaScript writes it the same way, else to a `WrittenNumber`.
 *
 * @param text A number by the grammar of JSON, which is not checked again
 * @param options `hasExponent` tells that the text contains `e` or `E`
 */
export function readNumber(
  text: string,
  { hasExponent }: { readonly hasExponent: boolean },
): number | WrittenNumber {
  if (text.length <= LONGEST && (hasExponent ? EXPONENT.test(text) : !isPadded(text))) {
    const number = Number(text);
    const isShort = !hasExponent && text.length <= EXACT && (number >= 1e-6 || number <= -1e-6);
    if (isShort || String(number) === text) return number;
  }
  return new WrittenNumber(text);
}

/** Tells if a number is a fraction that ends with a zero, or a zero with a sign. */
function isPadded(text: string): boolean {
  return text.endsWith("0") && (text.includes(".") || text === "-0");
}
