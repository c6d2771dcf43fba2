/**
 * A number of a JSON text that JavaScript's numbers would change.
 *
 * @module
 */

/** What TypeScript does not know yet (ECMAScript's "JSON.parse source text access"). */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** The grammar of a number (RFC 8259 §6). */
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** What is written in the same way by JavaScript if it is short; most numbers are. */
const WHOLE = /^-?[1-9][0-9]*$|^0$/;
const SAFE_DIGITS = 16;

/**
 * A number as it is written in a JSON text, where a JavaScript number would be written differently: with more digits than
 * that can hold, or as `1.0`, `1e400`, `-0`. `JSON.stringify` and `String` give it as it was written.
 *
 * @example Usage
 * ```ts
 * import { WrittenNumber } from "./written_number.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const id = new WrittenNumber("9007199254740993");
 * assertEquals(JSON.stringify({ id }), '{"id":9007199254740993}');
 * assertEquals(String(id), "9007199254740993");
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
      throw new SyntaxError(`Cannot keep ${JSON.stringify(text)} as a number: it is none`);
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

/** A number of a JSON text: a plain one if that is written the same way. */
export function readNumber(text: string): number | WrittenNumber {
  if (text.length < SAFE_DIGITS && WHOLE.test(text)) return Number(text);
  const number = Number(text);
  return String(number) === text ? number : new WrittenNumber(text);
}
