/**
 * What a fact is: how its value is found in a result or profile, and how it may be compared.
 *
 * @module
 */

import type { Step } from "./path.ts";

/** What a fact can be compared with. `any` is known only once it was read. */
export type FactType = "flag" | "number" | "text" | "count" | "any" | "presence";

/** What a bare number stands for. A value with another unit of the same kind is converted. */
export type FactUnit = "ms" | "s" | "days" | "octets";

/** Options that bound what an experiment can find. */
export type Bound = "idleLimit" | "maxRequests";

/** A number that is known only as not being lower, as a wait that was ended is. */
export class LowerBound {
  readonly atLeast: number;
  /** Counted one by one: nothing was seen beyond it, whereas a time that was waited out is exceeded. */
  readonly counted: boolean;

  constructor(atLeast: number, options: { counted?: boolean } = {}) {
    this.atLeast = atLeast;
    this.counted = options.counted ?? false;
  }
}

/** Several values; a comparison holds if it holds for one of them. */
export class Several {
  readonly values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}

/** What could not be established, and why. */
export class NotEstablished {
  /** The reason, as a sentence without a capital and a full stop. */
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/**
 * What was found. `undefined` and {@linkcode NotEstablished}: it could not be established, so nothing holds of it. `null`: it was looked for, and
 * there is none.
 */
export type Found = unknown;

/** One fact of a `Subject`. */
export interface Fact<Subject> {
  readonly type: FactType;
  readonly unit?: FactUnit | undefined;
  /** What the probe has to keep for it. */
  readonly needs?: "text" | "sha256";
  /** Whether it is a text that may be a number, and is then compared with numbers by value. */
  readonly numeric?: true;
  /** The experiment that it is a fact of. */
  readonly experiment?: string;
  /** The option of `profileConnection` that bounds it: what is as large as that was not seen to its end. */
  readonly boundBy?: Bound | undefined;
  /** Whether it is several values that can be named one by one, as in `certificate.names[0]`. */
  readonly list?: true;
  /** Does beforehand, in small steps, what would hold up the event loop if `read` did it. */
  readonly prepare?: (subject: Subject) => Promise<void>;
  read(subject: Subject): Found;
}

/** Facts by their names. */
export type FactTable<Subject> = Readonly<Record<string, Fact<Subject>>>;

/** Makes several values one found value; `null` if there are none. */
export function several(values: readonly unknown[]): Several | null {
  return values.length === 0 ? null : new Several(values);
}

/** A fact of the given type. */
export function fact<Subject>(
  type: FactType,
  read: (subject: Subject) => Found,
  more: Omit<Fact<Subject>, "type" | "read"> = {},
): Fact<Subject> {
  return { type, read, ...more };
}

/** Whether it could be established what there is. */
export function isEstablished(found: Found): boolean {
  return found !== undefined && !(found instanceof NotEstablished);
}

/** Reads a part of something: not established if that is not, `null` if only the part is missing. */
export function within<Whole>(
  whole: Whole | NotEstablished | undefined | null,
  read: (whole: Whole) => Found,
): Found {
  return !isEstablished(whole) || whole === null ? whole : read(whole as Whole) ?? null;
}

/** The fact of a table that a path names, or one of its values by index. */
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
