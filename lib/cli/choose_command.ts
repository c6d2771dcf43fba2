/**
 * Chooses the command by the arguments.
 *
 * @module
 */

import type { Command } from "./command.ts";
import { COMMANDS, DEFAULT_COMMAND } from "./commands.ts";
import { adviseNearest, nearest } from "../text/nearest.ts";
import { UsageError } from "./usage_error.ts";

/**
 * Finds the command that the arguments name. Without a name it is the first command, so `sonde URL` is
 * `sonde probe URL`.
 *
 * @param args All arguments of the process.
 * @returns The command, and the arguments for it.
 * @throws {UsageError} If the first argument looks like a mistyped command.
 */
export function chooseCommand(
  args: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } {
  const [first, ...rest] = args;
  const command = COMMANDS.find(({ name }) => name === first);
  if (command !== undefined) return { command, rest };
  if (first !== undefined) refuseTypingError(first);
  return { command: DEFAULT_COMMAND, rest: args };
}

/** Gives the name of the command if the user typed one. */
export function typedCommand([first]: readonly string[]): string | undefined {
  return COMMANDS.find(({ name }) => name === first)?.name;
}

/**
 * Refuses the name of a command after flags, since it would count as a host.
 *
 * @param args All arguments of the process.
 * @param operands The operands among them, as the chosen command sees them.
 * @throws {UsageError} If the first operand is the name of a command.
 */
export function refuseMisplacedCommand(args: readonly string[], operands: readonly string[]): void {
  const [name = ""] = operands;
  if (args[0] === name || !COMMANDS.some((command) => command.name === name)) return;
  if (COMMANDS.some((command) => command.name === args[0])) return;
  throw new UsageError(`Cannot take a command after flags: write sonde ${name} first${asHost(name)}`);
}

/** Refuses a word like `prob`: it could be a host of the local network, but is far more often a mistyped command. */
function refuseTypingError(word: string): void {
  // In capitals it is a method, which HTTPie takes before the URL.
  if (!/^[a-z]+$/i.test(word) || /^[A-Z]+$/.test(word)) return;
  const names = COMMANDS.map(({ name }) => name);
  const near = nearest(word.toLowerCase(), names);
  if (near === undefined || near.distance > (word.length > 4 ? 2 : 1)) return;
  const advice = adviseNearest(word, names);
  throw new UsageError(`Unknown command ${word}: ${advice}${asHost(word)}`);
}

function asHost(word: string): string {
  return ` (a host of that name is written http://${word}/)`;
}
