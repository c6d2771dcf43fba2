import type { Command } from "../command.ts";
import { COMMANDS, DEFAULT_COMMAND } from "../commands.ts";
import { UnknownFlagError, UsageError } from "../usage_error.ts";
import type { FlagGroups } from "./flag.ts";
import { FOREIGN_FLAGS } from "./foreign_flags.ts";

/**
 * Says of a flag that a command has not which other command has it, or what somebody who knows curl writes instead.
 *
 * @param error What reading the arguments threw.
 * @param command The command that was to run.
 * @returns An error that says so, or the same one if there is nothing better to say.
 */
export async function explainFlag(error: unknown, command: Command): Promise<unknown> {
  if (!(error instanceof UnknownFlagError)) return error;
  const { flag } = error;
  const sendsFields = hasFlag(await command.loadFlags(), "--header");
  const instead = sendsFields ? FOREIGN_FLAGS.get(flag) : undefined;
  if (instead !== undefined) return new UsageError(`Unknown flag ${flag}: ${instead}`);
  const others: string[] = [];
  for (const other of COMMANDS) {
    if (other !== command && hasFlag(await other.loadFlags(), flag)) others.push(nameOf(other));
  }
  if (others.length === 0) return error;
  return new UsageError(`Unknown flag ${flag}: it is one of ${others.join(" and of ")}`);
}

function hasFlag(groups: FlagGroups, written: string): boolean {
  return Object.values(groups).some((table) =>
    Object.entries(table).some(([name, { letter }]) => written === `--${name}` || written === `-${letter}`)
  );
}

function nameOf(command: Command): string {
  return command === DEFAULT_COMMAND ? "sonde URL" : `sonde ${command.name}`;
}
