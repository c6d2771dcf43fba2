/**
 * Refuses options that do not exist.
 *
 * @module
 */

import { adviseNearest } from "./nearest.ts";

/**
 * The names inside one option: `true` for a value, a table for an object, a table in a list for a list of
 * objects.
 */
export type OptionShape = true | OptionTable | readonly [OptionTable];

/** The names that an object of options can have. */
export interface OptionTable {
  readonly [name: string]: OptionShape;
}

/**
 * A table with every name of an options type. Write `satisfies OptionNames<ProbeOptions>` after a table, and
 * the compiler reports each missing name. {@linkcode checkOptions} reports surplus names, also those that a spread adds.
 */
export type OptionNames<Options> = { readonly [Name in keyof Options]-?: OptionShape };

/** Refuses a table with a name that the options lack: such a name would need the type `never`. */
type NoSurplus<Names, Options> = { readonly [Name in Exclude<keyof Names, KeyOfAny<Options>>]: never };

type KeyOfAny<Options> = Options extends unknown ? keyof Options : never;

/**
 * Refuses an unknown option, so that a misspelt name does not go unnoticed. Every public function with
 * options calls this first.
 *
 * @param options The options of a caller
 * @param names The names that exist: a surplus name does not compile
 * @throws {TypeError} If a name does not exist, or the options are not an object
 *
 * @example Usage
 * ```ts
 * import { checkOptions } from "./check_options.ts";
 * import assert from "node:assert/strict";
 *
 * const options: Record<string, number> = { maxTme: 5 };
 * assert.throws(
 *   () => checkOptions(options, { maxTime: true, maxBody: true }),
 *   /"maxTme" does not exist, the nearest one is "maxTime"/,
 * );
 * ```
 */
export function checkOptions<Options extends object, Names extends OptionTable>(
  options: Options,
  names: Names & NoSurplus<Names, Options>,
): void {
  checkNames(options, names, "");
}

/** `place` is the option that these options belong to, as `limits.`, or empty. */
function checkNames(options: object, names: OptionTable, place: string): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const what = place === "" ? "the options" : `the option "${place.slice(0, -1)}"`;
    throw new TypeError(`Cannot use ${what}: an object is needed, not ${describe(options)}`);
  }
  for (const name in options) {
    if (!Object.hasOwn(names, name)) {
      throw new TypeError(`Cannot use the options: ${describeUnknown(name, names, place)}`);
    }
    const shape = names[name]!;
    if (shape === true) continue;
    const value = (options as Record<string, unknown>)[name];
    if (typeof value !== "object" || value === null) continue;
    if (!isList(shape)) checkNames(value, shape, `${place}${name}.`);
    else if (Array.isArray(value)) {
      value.forEach((item, index) => checkNames(item, shape[0], `${place}${name}[${index}].`));
    }
  }
}

function isList(shape: OptionTable | readonly [OptionTable]): shape is readonly [OptionTable] {
  return Array.isArray(shape);
}

/** Copies the options that a table names, and leaves out all others. */
export function pickOptions<Options extends object, Names extends OptionTable>(
  options: Options,
  names: Names,
): Pick<Options, keyof Options & keyof Names> {
  const entries = Object.entries(options).filter(([name]) => Object.hasOwn(names, name));
  return Object.fromEntries(entries) as Pick<Options, keyof Options & keyof Names>;
}

/** Formats the cause of an error: the name does not exist, and which name is the nearest. */
export function describeUnknown(name: string, names: OptionTable, place = ""): string {
  const advice = adviseNearest(name, Object.keys(names), { write: (known) => `"${place}${known}"` });
  return `"${place}${name}" does not exist${advice === undefined ? "" : `, ${advice}`}`;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
