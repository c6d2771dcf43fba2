/**
 * The type of a flag, which is data. Parsing, help and the type of the parsed values follow from it.
 *
 * @module
 */

/** Reads the value of a flag. */
export interface ValueReader {
  /** Throws a `SyntaxError` or `RangeError` that names the value and the fix. */
  (text: string): unknown;
  /** The words that it accepts, if it accepts no other value. */
  readonly words?: readonly string[];
}

/** One flag. Its long name is its key in the {@linkcode FlagTable}. Without `parse` it is a switch. */
export interface Flag {
  /** One letter, the same as in curl if curl has the flag. */
  readonly letter?: string;
  /**
   * The meaning of the same letter or name in curl if it differs, and what to write instead: "curl's …: …".
   */
  readonly unlikeCurl?: string;
  /** One sentence for the help. It begins in lower case and has no full stop. */
  readonly help: string;
  /** The name of the value in the help: `TIME`. */
  readonly value?: string;
  readonly parse?: ValueReader;
  /** Loads words that are values of the flag, or of its list, for shells to complete. */
  readonly loadWords?: () => Promise<readonly string[]>;
  /** The value of a flag that is not given, as a user would write it. */
  readonly default?: string;
  /**
   * The flag may be repeated, and every use counts, in order. For any other flag only the last use counts, as
   * in curl.
   */
  readonly many?: true;
  /** The value is optional. If there is one, it must be written as `--name=VALUE`. */
  readonly optional?: true;
  /** Long names of flags that contradict this one. */
  readonly excludes?: readonly string[];
  /** Long name of a flag without which this one has no effect. */
  readonly needs?: string;
}

/** Flags by their long names, without the dashes. */
export interface FlagTable {
  readonly [name: string]: Flag;
}

/** Flag tables by the heading under which the help shows them. */
export interface FlagGroups {
  readonly [heading: string]: FlagTable;
}

/** The parsed values of these groups of flags: one property for each flag, in camel case. */
export type FlagValues<Groups extends FlagGroups> = TableValues<Merged<Groups[keyof Groups]>>;

type TableValues<Table> = {
  readonly [Name in keyof Table & string as CamelCase<Name>]: ValueOf<Table[Name]>;
};

/** A switch is a boolean, a repeatable flag an array, and a value without default may be `undefined`. */
type ValueOf<F> = F extends { readonly parse: (text: string) => infer T }
  ? F extends { readonly many: true } ? readonly T[]
  : F extends { readonly default: string } ? T
  : F extends { readonly optional: true } ? T | true | undefined
  : T | undefined
  : boolean;

/** `A | B` → `A & B`. */
type Merged<Tables> = (Tables extends unknown ? (table: Tables) => void : never) extends
  (table: infer All) => void ? All
  : never;

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name extends `${infer Head}.${infer Tail}` ? `${Head}${Tail}`
  : Name;

/** Copies a table without some of its flags, for a command to which they do not apply. */
export function without<const Table extends FlagTable, const Name extends keyof Table & string>(
  table: Table,
  ...names: readonly Name[]
): Omit<Table, Name> {
  const left = Object.entries(table).filter(([name]) => !names.some((other) => other === name));
  return Object.fromEntries(left) as Omit<Table, Name>;
}

/** The property that holds a flag's value: `max-time` → `maxTime`, `http1.0` → `http10`. */
export function propertyOf(name: string): string {
  return name.replaceAll(".", "").replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
