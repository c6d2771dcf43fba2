/**
 * Parses the structure of a JSON text: arrays, objects and their values.
 *
 * @module
 */

import { isDigit, JsonScanner } from "./scanner.ts";

/** Stands in for a value while the text is not read to its end. */
export const PAUSED: unique symbol = Symbol("paused");

type Container = unknown[] | Record<string, unknown>;

/** Stands in for a value after a container was opened; its first value is next. */
const OPENED = Symbol("opened");

const LITERALS = [["true", true], ["false", false], ["null", null]] as const;

/**
 * Parses one JSON text. The containers that are open stand in a list and not on the stack, which a text of nothing but
 * brackets would exhaust.
 */
export class JsonParser {
  readonly #scanner: JsonScanner;
  readonly #open: Container[] = [];
  /** Name of the current member of each open container; unused for an array. */
  readonly #names: string[] = [];
  readonly #unique: boolean;

  /** @param options With `unique`, a name that stands twice in one object is a mistake. */
  constructor(text: string, { unique = false }: { readonly unique?: boolean | undefined } = {}) {
    this.#scanner = new JsonScanner(text);
    this.#unique = unique;
  }

  /**
   * Continues to parse.
   *
   * @param values Number of values to read before a pause
   * @returns The value of the text, or {@linkcode PAUSED}
   */
  parse(values: number): unknown {
    const scanner = this.#scanner;
    for (let count = 0; count < values; count++) {
      let unit = scanner.skipBlanks();
      let value = this.#value(unit);
      while (value !== OPENED) {
        const container = this.#open[this.#open.length - 1];
        unit = scanner.skipBlanks();
        if (container === undefined) {
          if (!scanner.isAtEnd()) throw scanner.error("the end of the text");
          return value;
        }
        if (Array.isArray(container)) container.push(value);
        else addMember(container, this.#names[this.#names.length - 1]!, value);
        value = this.#next(container, unit);
      }
    }
    return PAUSED;
  }

  /** Reads what follows a value in a container: a comma, or the end of the container. */
  #next(container: Container, unit: number): unknown {
    const scanner = this.#scanner;
    const closing = Array.isArray(container) ? 0x5d : 0x7d;
    if (unit === closing) {
      scanner.step();
      this.#names.pop();
      return this.#open.pop();
    }
    if (unit !== 0x2c) throw scanner.error(`"," or "${String.fromCharCode(closing)}"`);
    scanner.step();
    if (closing === 0x7d) this.#names[this.#names.length - 1] = this.#name(container);
    return OPENED;
  }

  #value(unit: number): unknown {
    const scanner = this.#scanner;
    if (isDigit(unit) || unit === 0x2d) return scanner.number(unit);
    if (unit === 0x22) return scanner.string();
    if (unit === 0x5b || unit === 0x7b) return this.#container(unit === 0x5b ? "[" : "{");
    for (const [word, value] of LITERALS) {
      if (scanner.skip(word)) return value;
    }
    throw scanner.error("a value");
  }

  #container(opening: "[" | "{"): unknown {
    this.#scanner.step();
    const container: Container = opening === "[" ? [] : {};
    this.#scanner.skipBlanks();
    if (this.#scanner.skip(opening === "[" ? "]" : "}")) return container;
    this.#open.push(container);
    this.#names.push(opening === "{" ? this.#name() : "");
    return OPENED;
  }

  /**
   * Reads the name of a member and its colon.
   *
   * @param container The object with its members so far
   */
  #name(container: Container = {}): string {
    const scanner = this.#scanner;
    if (scanner.skipBlanks() !== 0x22) throw scanner.error("a name in double quotes");
    const { at } = scanner;
    const name = scanner.string();
    if (this.#unique && Object.hasOwn(container, name)) throw scanner.repeated(name, at);
    scanner.skipBlanks();
    if (!scanner.skip(":")) throw scanner.error('":"');
    return name;
  }
}

function addMember(container: Record<string, unknown>, name: string, value: unknown): void {
  // Assigning to it would set the prototype.
  if (name === "__proto__") {
    Object.defineProperty(container, name, { value, enumerable: true, configurable: true, writable: true });
  } else container[name] = value;
}
