/**
 * Reads one object of a task file, key by key.
 *
 * @module
 */

import { parseDuration } from "../../text/duration.ts";
import { hasReference, type Secrets } from "./secrets.ts";
import { describeUnknownKey } from "./unknown_key.ts";

/** An object of a task file, not checked yet. */
export type Entry = Readonly<Record<string, unknown>>;

/** Data that all entries of a file share. */
export interface ReadingContext {
  readonly secrets: Secrets;
  /** The list to which mistakes are added. */
  readonly problems: string[];
  /** Keys that come from the defaults; a mistake in one of them is reported once, for the defaults. */
  readonly inherited?: ReadonlySet<string>;
}

/** Reads the keys of one object. It collects every mistake with its place instead of stopping at the first one. */
export class EntryReader {
  readonly #entry: Entry;
  readonly #place: string;
  readonly #secrets: Secrets;
  readonly #problems: string[];
  readonly #inherited: ReadonlySet<string>;

  /**
   * Makes a reader of one object.
   *
   * @param place Name of the object in messages, as in `check 2 (shop)`
   */
  constructor(entry: Entry, place: string, context: ReadingContext) {
    this.#entry = entry;
    this.#place = place;
    this.#secrets = context.secrets;
    this.#problems = context.problems;
    this.#inherited = context.inherited ?? new Set();
  }

  /**
   * Reports every unknown key.
   *
   * @param elsewhere For keys that exist in another place, where they belong
   */
  refuseOthers(known: readonly string[], elsewhere?: ReadonlyMap<string, string>): void {
    for (const key of Object.keys(this.#entry)) {
      if (!known.includes(key)) this.report(key, describeUnknownKey(key, known, elsewhere));
    }
  }

  /** Reports a mistake. */
  report(key: string, cause: string): void {
    const [name] = key.split(/[.[]/);
    const inherited = this.#inherited.has(name ?? "");
    const problem = `${inherited ? "defaults" : this.#place}: ${key}: ${cause}`;
    if (!inherited || !this.#problems.includes(problem)) this.#problems.push(problem);
  }

  /** Reads a value with `parse`; `undefined` if it is absent or wrong. */
  read<T>(key: string, parse: (value: unknown) => T): T | undefined {
    const value = this.#entry[key];
    return value === undefined ? undefined : this.attempt(key, () => parse(value));
  }

  /** Reads a text, and replaces references by secrets. */
  text(key: string): string | undefined {
    return this.read(key, (value) => this.#secrets.resolve(asText(value)));
  }

  /** Reads a duration above 0, in milliseconds. */
  duration(key: string): number | undefined {
    return this.read(key, (value) => {
      const ms = parseDuration(asText(value));
      if (ms === 0) throw new RangeError("it must be above 0");
      return ms;
    });
  }

  /** Reads a whole number within limits. */
  number(key: string, limits: readonly [number, number]): number | undefined {
    return this.read(key, (value) => asWholeNumber(value, limits));
  }

  /** Reads `true` or `false`. */
  flag(key: string): boolean | undefined {
    return this.read(key, (value) => {
      if (typeof value === "boolean") return value;
      throw new TypeError(`expected true or false, not ${describe(value)}`);
    });
  }

  /** Reads a list, each element with `parse`; a mistake names the element, as in `tags[0]`. */
  list<T>(key: string, parse: (value: unknown, element: string) => T | undefined): T[] | undefined {
    const values = this.read(key, asList);
    return values?.flatMap((value, index) => {
      const element = `${key}[${index}]`;
      const parsed = this.attempt(element, () => parse(value, element));
      return parsed === undefined ? [] : [parsed];
    });
  }

  /** Reads an object, each value with `parse`; a mistake names the key. */
  record<T>(key: string, parse: (value: unknown) => T): [name: string, value: T][] | undefined {
    const object = this.read(key, asEntry);
    return object && Object.entries(object).flatMap(([name, value]) => {
      const parsed = this.attempt(`${key}.${name}`, (): [string, T] => [name, parse(value)]);
      return parsed === undefined ? [] : [parsed];
    });
  }

  /** Replaces references in a text by secrets. */
  resolve(text: string): string {
    return this.#secrets.resolve(text);
  }

  /** Calls `parse`, and reports the mistake that it throws. */
  attempt<T>(key: string, parse: () => T): T | undefined {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError)) {
        throw error;
      }
      this.report(key, this.#secrets.redact(error.message));
      return undefined;
    }
  }
}

/** @throws {TypeError} If the value is not a text */
export function asText(value: unknown): string {
  if (typeof value === "string") return value;
  throw new TypeError(`expected a text, not ${describe(value)}`);
}

/**
 * Reads a text that anybody may see, so that no secret can be part of it.
 *
 * @throws {TypeError} If the value is not a text, or has a reference to a secret
 */
export function asShownText(value: unknown): string {
  const text = asText(value);
  if (hasReference(text)) {
    throw new TypeError("this is printed, so ${env:…} and ${file:…} cannot stand in it");
  }
  return text;
}

/** @throws {RangeError} If the value is not a whole number within the limits */
export function asWholeNumber(value: unknown, [least, most]: readonly [number, number]): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`expected a whole number from ${least} to ${most}, not ${describe(value)}`);
}

/** @throws {TypeError} If the value is not a list */
export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new TypeError(`expected a list, not ${describe(value)}`);
}

/** @throws {TypeError} If the value is not an object */
export function asEntry(value: unknown, wanted = "an object"): Entry {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as Entry;
  throw new TypeError(`expected ${wanted}, not ${describe(value)}`);
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "function" ? "a function" : String(JSON.stringify(value));
}
