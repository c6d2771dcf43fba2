/**
 * Answers `-h` and `--help`.
 *
 * @module
 */

import type { Command } from "../command.ts";
import { COMMANDS } from "../commands.ts";
import { formatHelp, type HelpOptions } from "./format_help.ts";
import { formatOneScreen } from "./short_help.ts";

/**
 * Formats the help that a command line asks for: the whole help for `--help`, one screen for `-h`. A command that
 * follows the flag counts too: `sonde --help conn`.
 *
 * @param args All arguments of the process; one of them is the flag.
 * @param command The command that they choose.
 * @param operands The operands, as the command sees them.
 * @param options Width and styles.
 */
export async function formatAskedHelp(
  args: readonly string[],
  { command, operands }: { readonly command: Command; readonly operands: readonly string[] },
  options: HelpOptions,
): Promise<string> {
  const named = args[0] === command.name;
  const meant = named ? undefined : COMMANDS.find(({ name }) => name === operands[0]);
  const wanted = meant ?? command;
  return isWhole(args)
    ? await formatHelp(wanted, options)
    : await formatOneScreen(wanted, named || meant !== undefined, options);
}

/** Looks for the long flag by hand, since both are one flag to the parser. */
function isWhole(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end === -1 ? undefined : end).includes("--help");
}
