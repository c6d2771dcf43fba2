/**
 * A fact: how to read its value from a result or profile, and how it may be compared.
 *
 * @module
 */

import type { Step } from "./path.ts";

/** The type of a fact. The type of `any` is known only once its value was read. */
export type FactType = "flag" | "number" | "text" | "count" | "any" | "presence";

/** The unit of a bare number. A value with another unit of the same kind is converted. */
export type FactUnit = "ms" | "s" | "days" | "octets";

/** Options that bound the figures of an experiment. */
export type Bound = "idleLimit" | "maxRequests";

/** A number of which only a lower bound is known, for instance because the experiment stopped waiting. */
export class LowerBound {
  readonly atLeast: number;
  /**
   * True for a count, which reached the bound itself but nothing above it. A time that was waited for exceeds its
   * bound.
   */
  readonly counted: boolean;

  constructor(atLeast: number, options: { counted?: boolean } = {}) {
    this.atLeast = atLeast;
    this.counted = options.counted ?? false;
  }
}

/** Several values. A comparison holds if it holds for one of them. */
export class Several {
  readonly values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}

/** A value that could not be established, with the reason. */
export class NotEstablished {
  /** The reason, as a sentence without a capital and a full stop. */
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/**
 * The value that was found. `undefined` and {@linkcode NotEstablished} mean that it could not be established, so that no
 * expectation holds. `null` means that it is absent.
 */
export type Found = unknown;

/** A fact of a `Subject`. */
export interface Fact<Subject> {
  readonly type: FactType;
  readonly unit?: FactUnit | undefined;
  /** Data that the probe has to keep for this fact. */
  readonly needs?: "text" | "sha256";
  /** All texts that the fact may be; a comparison with another one is a mistake. */
  readonly values?: readonly string[] | undefined;
  /** The fact is a text that may be a number, and is then compared with numbers by value. */
  readonly numeric?: true;
  /** Name of the experiment that measures this fact. */
  readonly experiment?: string;
  /** The option of `profileConnection` that bounds this fact: a larger value is only known as a lower bound. */
  readonly boundBy?: Bound | undefined;
  /** The fact has several values that can be named one by one, as in `certificate.names[0]`. */
  readonly list?: true;
  /** Does the slow part of `read` beforehand, in small steps, so that it does not block the event loop. */
  readonly prepare?: (subject: Subject) => Promise<void>;
  read(subject: Subject): Found;
}

/** Facts by name. */
export type FactTable<Subject> = Readonly<Record<string, Fact<Subject>>>;

/** Wraps several values as one; `null` if the list is empty. */
export function several(values: readonly unknown[]): Several | null {
  return values.length === 0 ? null : new Several(values);
}

/** Makes a fact of the given type. */
export function fact<Subject>(
  type: FactType,
  read: (subject: Subject) => Found,
  more: Omit<Fact<Subject>, "type" | "read"> = {},
): Fact<Subject> {
  return { type, read, ...more };
}

/** Tells if a value could be established. */
export function isEstablished(found: Found): boolean {
  return found !== undefined && !(found instanceof NotEstablished);
}

/** Reads a part of a whole. If the whole could not be established, neither can the part; `null` if the part is absent. */
export function within<Whole>(
  whole: Whole | NotEstablished | undefined | null,
  read: (whole: Whole) => Found,
): Found {
  return !isEstablished(whole) || whole === null ? whole : read(whole as Whole) ?? null;
}

/** Looks up the fact that a path names, or one of its values by index. */
export function lookUp<Subject>(
  table: FactTable<Subject>,
  steps: readonly Step[],
): Fact<Subject> | undefined {
  const place = steps.at(-1)?.name;
  const named = typeof place === "string" ? steps : steps.slice(0, -1);
  const name = named.map((step) => String(step.name)).join(".");
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined || named === steps) return found;
  return found.list ? { ...found, read: (subject) => valueAt(found.read(subject), place) } : undefined;
}

function valueAt(found: Found, place: Step["name"] | undefined): Found {
  return found instanceof Several && typeof place === "number" ? found.values.at(place) ?? null : found;
}
