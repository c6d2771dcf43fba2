import type { Command } from "../command.ts";
import { COMMANDS, DEFAULT_COMMAND } from "../commands.ts";
import { MisplacedFlagError, UnknownFlagError, UsageError } from "../usage_error.ts";
import { listWords } from "../../text/nearest.ts";
import type { FlagGroups, FlagTable } from "./flag.ts";
import { FOREIGN_FLAGS, SAME_MEANING } from "./foreign_flags.ts";

/** A flag that grants or denies permissions to a program of Deno. */
export const DENO_FLAG = /^--(?:(?:allow|deny)-[a-z]+(?:=|$)|no-prompt$)/;

/**
 * Explains a flag that a command lacks: names the equivalent of a curl flag, or the commands that have the flag.
 *
 * @param error The error from parsing the arguments.
 * @param command The command that was to run.
 * @param args Its arguments.
 * @returns An error with the explanation, or the same error if there is none.
 */
export async function explainFlag(
  error: unknown,
  command: Command,
  args: readonly string[] = [],
): Promise<unknown> {
  if (!(error instanceof UnknownFlagError)) return error;
  const { flag, argument } = error;
  if (DENO_FLAG.test(flag)) return new MisplacedFlagError(args.filter((arg) => DENO_FLAG.test(arg)));
  const groups = await command.loadFlags();
  const own = ownEquivalent(flag, groups);
  if (own !== undefined) return new UsageError(`Unknown flag ${flag}: write ${own}`);
  if (hasFlag(groups, "--header")) {
    // Other programs write long flags with one dash: -title.
    const long = /^-([a-z]{2,}(?:-[a-z]+)*)(?:=|$)/.exec(argument)?.[1];
    const word = long === undefined ? undefined : FOREIGN_FLAGS.get(`--${long}`);
    if (word !== undefined) return new UsageError(`Unknown flag -${long}: ${word}`);
    const instead = FOREIGN_FLAGS.get(flag);
    if (instead !== undefined) return new UsageError(`Unknown flag ${flag}: ${instead}`);
  }
  const others: string[] = [];
  for (const other of COMMANDS) {
    if (other !== command && hasFlag(await other.loadFlags(), flag)) others.push(nameOf(other));
  }
  if (others.length === 0) return error;
  return new UsageError(
    `Unknown flag ${flag}: it belongs to ${listWords(others)}, not to ${nameOf(command)}`,
  );
}

/** Gives the flag of the command itself that means the same: `--format csv` for `--csv`. */
function ownEquivalent(flag: string, groups: FlagGroups): string | undefined {
  const name = flag.slice(2);
  const same = SAME_MEANING.get(flag);
  if (same !== undefined && hasFlag(groups, same)) return same;
  const { format } = Object.assign({}, ...Object.values(groups)) as FlagTable;
  try {
    return format?.parse?.(name) === name ? `--format ${name}` : undefined;
  } catch {
    // There is no such format.
    return undefined;
  }
}

function hasFlag(groups: FlagGroups, written: string): boolean {
  return Object.values(groups).some((table) =>
    Object.entries(table).some(([name, { letter }]) => written === `--${name}` || written === `-${letter}`)
  );
}

function nameOf(command: Command): string {
  return command === DEFAULT_COMMAND ? "sonde URL" : `sonde ${command.name}`;
}
