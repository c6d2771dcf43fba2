/**
 * A number of a JSON text that JavaScript's numbers would change.
 *
 * @module
 */

/** What TypeScript does not know yet (ECMAScript's "JSON.parse source text access"). */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** The grammar of a number (RFC 8259 §6). */
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** An exponent as JavaScript writes it. */
const EXPONENT = /e[+-][1-9][0-9]*$/;

/** A point and a sign, and 15 digits: so many are never rounded away. */
const EXACT = 15;

/** JavaScript writes at most 17 digits that count, and six zeros in front of them at most. */
const LONGEST = 27;

/**
 * A number as it is written in a JSON text, where a JavaScript number would be written differently: with more digits than
 * that can hold, or as `1.0`, `1e400`, `-0`. `JSON.stringify` and `String` give it as it was written.
 *
 * @example Usage
 * ```ts
 * import { WrittenNumber } from "jsr:@sonde/sonde/expect";
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
   * @param text A number by the grammar of JSON.
   * @throws {SyntaxError} If it is none.
   */
  constructor(text: string) {
    if (!NUMBER.test(text)) {
      throw new SyntaxError(`Cannot keep ${JSON.stringify(text)} as a number: JSON has no such number`);
    }
    this.#text = text;
  }

  /** The number as it was written. */
  toString(): string {
    return this.#text;
  }

  /** What `JSON.stringify` writes: the same digits. */
  toJSON(): unknown {
    return rawJSON(this.#text);
  }

  /** The number as console and assertions show it. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.#text;
  }
}

/**
 * Reads a number of a JSON text: a plain one if that is written the same way.
 *
 * @param text A number by the grammar of JSON, which is not looked at again
 * @param options `hasExponent`: an `e` or `E` stands in it
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

/** A fraction that ends with a zero, or a zero with a sign. */
function isPadded(text: string): boolean {
  return text.endsWith("0") && (text.includes(".") || text === "-0");
}
