/**
 * Reads one object of a task file, key by key.
 *
 * @module
 */

import { parseDuration } from "../../text/duration.ts";
import { parseSize } from "../../text/size.ts";
import { LONGEST_TIMER } from "../../time/timer.ts";
import type { Secrets } from "./secrets.ts";
import {
  asEntry,
  asList,
  asText,
  asWholeNumber,
  describeValue,
  durationAdvice,
  type Entry,
} from "./entry_values.ts";
import type { TaskFiles } from "./task_files.ts";
import { describeUnknownKey } from "./unknown_key.ts";

export { asEntry, asList, asShownText, asText, asWholeNumber, type Entry } from "./entry_values.ts";

/** Data that all entries of a file share. */
export interface ReadingContext {
  readonly secrets: Secrets;
  /** The files that the task file names. */
  readonly files: TaskFiles;
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
  /** The files that the task file names. */
  readonly files: TaskFiles;
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
    this.files = context.files;
    this.#problems = context.problems;
    this.#inherited = context.inherited ?? new Set();
  }

  /** Number of mistakes in the whole file so far. */
  get problems(): number {
    return this.#problems.length;
  }

  /** Tells if the object itself has a key, and not only the defaults. */
  owns(key: string): boolean {
    return this.#entry[key] !== undefined && !this.#inherited.has(key);
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

  /** Returns a value as it is written; `undefined` if it is absent. */
  written(key: string): unknown {
    return this.#entry[key];
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
      if (typeof value !== "string") {
        throw new TypeError(`expected a text, not ${describeValue(value)}${durationAdvice(value)}`);
      }
      const ms = parseDuration(value);
      if (ms === 0) throw new RangeError("it must be above 0");
      return ms;
    });
  }

  /** Reads a duration above 0 that a timer can wait, in milliseconds. */
  timeLimit(key: string): number | undefined {
    const ms = this.duration(key);
    if (ms !== undefined && ms > LONGEST_TIMER) this.report(key, "the longest is 24d");
    return ms;
  }

  /** Reads a size above 0, as in `64KiB`, or a number of octets. */
  size(key: string): number | undefined {
    return this.read(key, (value) => {
      const octets = parseSize(typeof value === "number" ? String(value) : asText(value));
      if (octets === 0) throw new RangeError("it must be above 0");
      return octets;
    });
  }

  /** Reads the octets of a file. */
  file(key: string): Uint8Array | undefined {
    const path = this.text(key);
    return path === undefined ? undefined : this.attempt(key, () => this.files.read(path));
  }

  /** Reads the path of a file that is opened later. */
  path(key: string): string | undefined {
    const path = this.text(key);
    return path === undefined ? undefined : this.attempt(key, () => this.files.resolve(path));
  }

  /** Reads one text, or a list of texts, each with `parse`. */
  texts<T>(key: string, parse: (text: string) => T): T[] | undefined {
    const parseOne = (value: unknown): T => parse(this.resolve(asText(value)));
    if (Array.isArray(this.#entry[key])) return this.list(key, parseOne);
    const parsed = this.read(key, parseOne);
    return parsed === undefined ? undefined : [parsed];
  }

  /** Reads a whole number within limits. */
  number(key: string, limits: readonly [number, number]): number | undefined {
    return this.read(key, (value) => asWholeNumber(value, limits));
  }

  /** Reads `true` or `false`. */
  flag(key: string): boolean | undefined {
    return this.read(key, (value) => {
      if (typeof value === "boolean") return value;
      throw new TypeError(`expected true or false, not ${describeValue(value)}`);
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
