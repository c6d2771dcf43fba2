/**
 * A parser of JSON (RFC 8259) that keeps numbers as they are written and says where a text is no JSON.
 *
 * @module
 */

import { callAfter } from "../time/timer.ts";
import { readNumber } from "./written_number.ts";

/** Why a text is no JSON, and where. */
export class JsonSyntaxError extends SyntaxError {
  /** From 1. */
  readonly line: number;
  /** Characters from the beginning of the line, from 1. */
  readonly column: number;

  /**
   * @param text The whole text.
   * @param at Index of what is wrong; the end of the text if something is missing there.
   * @param expected What should stand there.
   */
  constructor(text: string, at: number, expected: string) {
    const { line, column } = placeOf(text, at);
    const found = at >= text.length
      ? "the text ends"
      : `${JSON.stringify(String.fromCodePoint(text.codePointAt(at)!))} stands`;
    super(`line ${line}, column ${column}: ${found} where ${expected} is expected`);
    this.name = "JsonSyntaxError";
    this.line = line;
    this.column = column;
  }
}

/** Line and column of an index, both from 1. */
function placeOf(text: string, at: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let index = 0; index < at; index++) {
    const unit = text.charCodeAt(index);
    if (unit !== 0x0a && (unit !== 0x0d || text.charCodeAt(index + 1) === 0x0a)) continue;
    line++;
    start = index + 1;
  }
  let column = 1;
  for (let index = start; index < at; column++) index += text.codePointAt(index)! > 0xffff ? 2 : 1;
  return { line, column };
}

/**
 * Parses a JSON text. Data is what `JSON.parse` gives, except that a number which JavaScript would write differently is a
 * `WrittenNumber`. Of members with the same name the last counts.
 *
 * @throws {JsonSyntaxError} If the text is no JSON, with line and column.
 *
 * @example Usage
 * ```ts
 * import { parseJson } from "./parse_json.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseJson('{"a":[1,"b"]}'), { a: [1, "b"] });
 * assert.equal(JSON.stringify(parseJson("[9007199254740993]")), "[9007199254740993]");
 * ```
 */
export function parseJson(text: string): unknown {
  return new JsonParser(text).parse(Infinity);
}

/**
 * Parses a JSON text as {@linkcode parseJson} does, and gives the event loop a turn every few milliseconds: a text of
 * megabytes, which a peer can send, takes longer than others can wait.
 *
 * @throws {JsonSyntaxError} If the text is no JSON, with line and column.
 */
export async function parseJsonInTurns(text: string): Promise<unknown> {
  const parser = new JsonParser(text);
  for (;;) {
    const value = parser.parse(VALUES_OF_A_TURN);
    if (value !== PAUSED) return value;
    await new Promise<void>((resolve) => callAfter(0, resolve));
  }
}

/** Values that take a few milliseconds. */
const VALUES_OF_A_TURN = 10_000;

/** In place of a value: the text was not read to its end. */
const PAUSED = Symbol("paused");

type Container = unknown[] | Record<string, unknown>;

/** In place of a value: a container was opened, and its first value comes next. */
const OPENED = Symbol("opened");

const LITERALS = [["true", true], ["false", false], ["null", null]] as const;
/** Digits of a whole number whose sum is exact. */
const SUMMED_DIGITS = 15;

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Keeps the containers that are open in a list, so that a text of nothing but brackets does not exhaust the stack. */
class JsonParser {
  readonly #text: string;
  readonly #open: Container[] = [];
  /** Of the member under way, for each container that is open; of no use in an array. */
  readonly #names: string[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Parses on.
   *
   * @param values How many of them are read
   * @returns The value of the text, or {@linkcode PAUSED}
   */
  parse(values: number): unknown {
    for (let count = 0; count < values; count++) {
      let unit = this.#skipBlanks();
      let value = this.#value(unit);
      while (value !== OPENED) {
        const container = this.#open[this.#open.length - 1];
        unit = this.#skipBlanks();
        if (container === undefined) {
          if (this.#at < this.#text.length) throw this.#error("the end of the text");
          return value;
        }
        if (Array.isArray(container)) container.push(value);
        else addMember(container, this.#names[this.#names.length - 1]!, value);
        value = this.#next(container, unit);
      }
    }
    return PAUSED;
  }

  /** What follows a value in a container: another one, or the end of the container. */
  #next(container: Container, unit: number): unknown {
    const closing = Array.isArray(container) ? 0x5d : 0x7d;
    if (unit === closing) {
      this.#at++;
      this.#names.pop();
      return this.#open.pop();
    }
    if (unit !== 0x2c) throw this.#error(`"," or "${String.fromCharCode(closing)}"`);
    this.#at++;
    if (closing === 0x7d) this.#names[this.#names.length - 1] = this.#name();
    return OPENED;
  }

  #value(unit: number): unknown {
    if (isDigit(unit) || unit === 0x2d) return this.#number(unit);
    if (unit === 0x22) return this.#string();
    if (unit === 0x5b || unit === 0x7b) return this.#container(unit === 0x5b ? "[" : "{");
    for (const [word, value] of LITERALS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    throw this.#error("a value");
  }

  #container(opening: "[" | "{"): unknown {
    this.#at++;
    const container: Container = opening === "[" ? [] : {};
    this.#skipBlanks();
    if (this.#skip(opening === "[" ? "]" : "}")) return container;
    this.#open.push(container);
    this.#names.push(opening === "{" ? this.#name() : "");
    return OPENED;
  }

  /** The name of a member and its colon. */
  #name(): string {
    this.#skipBlanks();
    if (this.#text[this.#at] !== '"') throw this.#error("a name in double quotes");
    const name = this.#string();
    this.#skipBlanks();
    if (!this.#skip(":")) throw this.#error('":"');
    return name;
  }

  #string(): string {
    const start = this.#at++;
    let escaped = false;
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit === 0x22) break;
      if (unit === 0x5c) {
        ESCAPE.lastIndex = this.#at;
        if (!ESCAPE.test(this.#text)) throw this.#error("an escape of JSON");
        this.#at = ESCAPE.lastIndex;
        escaped = true;
      } else if (unit >= 0x20) this.#at++;
      else throw this.#error("a character of the string or its closing quote");
    }
    const end = ++this.#at;
    return escaped
      ? JSON.parse(this.#text.slice(start, end)) as string
      : this.#text.slice(start + 1, end - 1);
  }

  /** Most numbers are short and whole, and their digits are added up; of others the text is looked at. */
  #number(first: number): unknown {
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
    if (at === digits) throw this.#error("a digit");
    const isFraction = unit === 0x2e;
    if (isFraction) unit = this.#digits(at + 1);
    const hasExponent = unit === 0x65 || unit === 0x45;
    if (hasExponent) this.#exponent();
    else if (!isFraction && at - digits <= SUMMED_DIGITS && (sum > 0 || digits === start)) {
      return digits === start ? sum : -sum;
    }
    return readNumber(text.slice(start, this.#at), { hasExponent });
  }

  /** Behind its letter a sign may stand. */
  #exponent(): void {
    const sign = this.#text.charCodeAt(this.#at + 1);
    this.#digits(this.#at + (sign === 0x2b || sign === 0x2d ? 2 : 1));
  }

  /** @returns The code unit behind the digits */
  #digits(start: number): number {
    let at = start;
    let unit = this.#text.charCodeAt(at);
    while (isDigit(unit)) unit = this.#text.charCodeAt(++at);
    this.#at = at;
    if (at === start) throw this.#error("a digit");
    return unit;
  }

  #skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  /** @returns The code unit behind the blanks; NaN at the end of the text */
  #skipBlanks(): number {
    let unit = this.#text.charCodeAt(this.#at);
    while (isBlank(unit)) unit = this.#text.charCodeAt(++this.#at);
    return unit;
  }

  #error(expected: string): JsonSyntaxError {
    return new JsonSyntaxError(this.#text, this.#at, expected);
  }
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

function addMember(container: Record<string, unknown>, name: string, value: unknown): void {
  // Assigning to it would set the prototype.
  if (name === "__proto__") {
    Object.defineProperty(container, name, { value, enumerable: true, configurable: true, writable: true });
  } else container[name] = value;
}
