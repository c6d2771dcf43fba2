import type { Command } from "../command.ts";
import { COMMANDS, DEFAULT_COMMAND } from "../commands.ts";
import { MisplacedFlagError, UnknownFlagError, UsageError } from "../usage_error.ts";
import type { FlagGroups } from "./flag.ts";
import { FOREIGN_FLAGS } from "./foreign_flags.ts";

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
  const { flag } = error;
  if (DENO_FLAG.test(flag)) return new MisplacedFlagError(args.filter((arg) => DENO_FLAG.test(arg)));
  const sendsFields = hasFlag(await command.loadFlags(), "--header");
  const instead = sendsFields ? FOREIGN_FLAGS.get(flag) : undefined;
  if (instead !== undefined) return new UsageError(`Unknown flag ${flag}: ${instead}`);
  const others: string[] = [];
  for (const other of COMMANDS) {
    if (other !== command && hasFlag(await other.loadFlags(), flag)) others.push(nameOf(other));
  }
  if (others.length === 0) return error;
  return new UsageError(`Unknown flag ${flag}: it belongs to ${others.join(" and ")}`);
}

function hasFlag(groups: FlagGroups, written: string): boolean {
  return Object.values(groups).some((table) =>
    Object.entries(table).some(([name, { letter }]) => written === `--${name}` || written === `-${letter}`)
  );
}

function nameOf(command: Command): string {
  return command === DEFAULT_COMMAND ? "sonde URL" : `sonde ${command.name}`;
}
