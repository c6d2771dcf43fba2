/**
 * Reads the arguments of a command by its tables of flags, and refuses unknown ones.
 *
 * @module
 */

import { parseUsage, UnknownFlagError, UsageError } from "../usage_error.ts";
import { type Flag, type FlagGroups, type FlagValues, propertyOf } from "./flag.ts";
import { refuseLostOctets } from "./lost_octets.ts";
import { adviseNearest, sayNearest } from "../../text/nearest.ts";

/** Parsed arguments: the values of all flags, given or not, and the operands. */
export interface ParsedFlags<Flags> {
  readonly flags: Flags;
  readonly operands: readonly string[];
  /** Says that the last argument became the value of a flag, for the error about a missing operand. */
  readonly swallowed?: string | undefined;
}

/**
 * Reads arguments: `--name VALUE`, `--name=VALUE`, `-n VALUE`, `-nVALUE`, switches in one word (`-kv`), `--` for the
 * end of all flags, `-` as an operand. Flags and operands may be mixed. If a flag is given twice, the last use counts,
 * unless the flag repeats.
 *
 * @param args The arguments after the name of the command.
 * @param groups The flags of the command.
 * @returns The values of the flags, with defaults, and the operands in order.
 * @throws {UsageError} If a flag is unknown, lacks its value, has a wrong value or contradicts another flag.
 */
export function parseFlags<Groups extends FlagGroups>(
  args: readonly string[],
  groups: Groups,
): ParsedFlags<FlagValues<Groups>> {
  const reader = new FlagReader(Object.values(groups).flatMap((table) => Object.entries(table)));
  reader.read(args);
  // The compiler cannot see that the table and the type FlagValues agree.
  return {
    flags: reader.values() as FlagValues<Groups>,
    operands: reader.operands,
    swallowed: reader.swallowed,
  };
}

class FlagReader {
  readonly operands: string[] = [];
  swallowed: string | undefined;
  readonly #byName: ReadonlyMap<string, Flag>;
  readonly #byLetter: ReadonlyMap<string, string>;
  readonly #given = new Map<string, unknown[]>();
  #rest: string[] = [];

  constructor(entries: readonly [name: string, flag: Flag][]) {
    this.#byName = new Map(entries);
    this.#byLetter = new Map(
      entries.flatMap(([name, { letter }]) => letter === undefined ? [] : [[letter, name]]),
    );
  }

  read(args: readonly string[]): void {
    this.#rest = [...args];
    for (let arg = this.#rest.shift(); arg !== undefined; arg = this.#rest.shift()) {
      if (arg === "--") this.operands.push(...this.#rest.splice(0));
      else if (arg.startsWith("--")) this.#readLong(arg);
      else if (arg.startsWith("-") && arg !== "-") this.#readLetters(arg);
      else this.operands.push(arg);
    }
    for (const operand of this.operands) refuseLostOctets(operand);
    this.#refuseContradictions();
  }

  values(): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const [name, flag] of this.#byName) values[propertyOf(name)] = valueOf(flag, this.#given.get(name));
    return values;
  }

  #readLong(arg: string): void {
    const equals = arg.indexOf("=");
    const name = arg.slice(2, equals === -1 ? undefined : equals);
    const flag = this.#byName.get(name);
    if (flag === undefined) throw new UnknownFlagError(`--${name}`, this.#unknownName(name));
    const value = equals === -1 ? undefined : arg.slice(equals + 1);
    if (flag.parse === undefined) {
      if (value !== undefined) throw new UsageError(`--${name} takes no value, but "${value}" was given`);
      this.#add(name, true);
    } else if (value === undefined && flag.optional) {
      const [next = ""] = this.#rest;
      if (FILE_NAME.test(next)) {
        throw new UsageError(`--${name} takes its value after =: write --${name}=${next}`);
      }
      this.#add(name, true);
    } else this.#addText(name, flag, value ?? this.#takeValue(`--${name}`, `--${name}=`, flag));
  }

  #readLetters(arg: string): void {
    const word = wordOf(arg);
    // As letters, -verbose would be -v and the expectation "rbose".
    if (word.length > 2 && this.#byName.has(word)) {
      throw new UsageError(`Unknown flag ${arg}: long flags have two dashes, --${word}`);
    }
    for (let at = 1; at < arg.length; at++) {
      const letter = String.fromCodePoint(arg.codePointAt(at) ?? 0);
      const name = this.#byLetter.get(letter);
      const flag = name === undefined ? undefined : this.#byName.get(name);
      if (name === undefined || flag === undefined) {
        throw new UnknownFlagError(`-${letter}`, this.#unknownLetter(letter, arg), arg);
      }
      if (flag.parse === undefined) {
        this.#add(name, true);
        continue;
      }
      const value = arg.slice(at + 1);
      this.#addText(
        name,
        flag,
        value === "" ? this.#takeValue(`-${letter}`, `-${letter}`, flag) : value,
        value.startsWith("=") ? `; write -${letter} ${value.slice(1)} without the =` : "",
      );
      return;
    }
  }

  /** Takes the next argument as the value. If that is a flag of this command, the user forgot the value. */
  #takeValue(written: string, joined: string, flag: Flag): string {
    const next = this.#rest[0];
    const needs = `${written} needs a value (${flag.value})`;
    if (next === undefined) throw new UsageError(needs);
    if (this.#isFlag(next)) {
      throw new UsageError(
        `${needs}, but the flag ${next} follows; if that is the value, write '${joined}${next}'`,
      );
    }
    this.#rest.shift();
    if (this.#rest.length === 0) this.swallowed = `${written} took ${next} as its value (${flag.value})`;
    return next;
  }

  #isFlag(arg: string): boolean {
    if (arg.startsWith("--")) return arg === "--" || this.#byName.has(arg.slice(2).split("=", 1)[0] ?? "");
    return arg.startsWith("-") && this.#byLetter.has(arg.charAt(1));
  }

  #addText(name: string, flag: Flag, text: string, hint = ""): void {
    // Expectations about content may contain U+FFFD, since decoded content that was not UTF-8 contains it,
    // too.
    if (name !== "expect") refuseLostOctets(text);
    try {
      this.#add(name, parseUsage(() => flag.parse?.(text), `--${name}`));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const { value } = flag;
      if (/^https?:\/\//i.test(text)) {
        throw new UsageError(`--${name} needs a value (${value}), but ${text} follows${curlHint(flag)}`);
      }
      // Who gives a number knows that the flag takes one.
      throw new UsageError(error.message + hint + (/^-?[\d.,]+$/.test(text) ? "" : curlHint(flag)), {
        cause: error,
      });
    }
  }

  #add(name: string, value: unknown): void {
    const values = this.#given.get(name);
    if (values === undefined) this.#given.set(name, [value]);
    else values.push(value);
  }

  #refuseContradictions(): void {
    for (const name of this.#given.keys()) {
      const { excludes = [], needs } = this.#byName.get(name) ?? {};
      const other = excludes.find((candidate) => this.#given.has(candidate));
      if (other !== undefined) {
        throw new UsageError(`--${name} and --${other} contradict each other: leave one out`);
      }
      if (needs !== undefined && !this.#given.has(needs)) {
        throw new UsageError(`--${name} needs --${needs} as well`);
      }
    }
  }

  #unknownName(name: string): string {
    if (this.#byLetter.has(name)) return `Unknown flag --${name}: letters have one dash, -${name}`;
    const advice = adviseNearest(name, this.#byName.keys(), {
      write: (known) => `--${known}`,
      onlyNear: true,
    });
    return `Unknown flag --${name}${advice === undefined ? "" : `: ${advice}`}`;
  }

  #unknownLetter(letter: string, arg: string): string {
    const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
    const sameBeginning = [...this.#byName.keys()].find((name) => name.startsWith(letter.toLowerCase()));
    const unknown = `Unknown flag -${letter}${arg.length > 2 ? ` in ${arg}` : ""}`;
    if (letter === "?") return `${unknown}: write -h for help`;
    if (this.#byLetter.has(other)) return `${unknown}: ${sayNearest(`-${other}`)}`;
    return sameBeginning === undefined ? unknown : `${unknown}: ${sayNearest(`--${sameBeginning}`)}`;
  }
}

/** Matches names of files that are no hosts. */
const FILE_NAME = /^[^:?#]+\.(?:txt|log|json|jsonl|ndjson|wire|out)$/i;

/** Explains that curl gives the flag another meaning. */
function curlHint({ unlikeCurl }: Flag): string {
  return unlikeCurl === undefined ? "" : ` (${unlikeCurl})`;
}

/** Gives the word after a single dash, without a value. */
function wordOf(arg: string): string {
  return arg.slice(1).split("=", 1)[0] ?? "";
}

function valueOf(flag: Flag, given: readonly unknown[] | undefined): unknown {
  if (flag.many) return given ?? [];
  if (given !== undefined) return given.at(-1);
  if (flag.parse === undefined) return false;
  return flag.default === undefined ? undefined : flag.parse(flag.default);
}
