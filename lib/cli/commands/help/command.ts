/**
 * `sonde help`.
 *
 * @module
 */

import { adviseNearest, listWords } from "../../../text/nearest.ts";
import { COMMANDS, DEFAULT_COMMAND } from "../../commands.ts";
import { ExitCode } from "../../exit_code.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import { formatHelp } from "../../help/format_help.ts";
import type { CommandIo } from "../../io.ts";
import { refuseOperands } from "../../refuse_operands.ts";
import { UsageError } from "../../usage_error.ts";

/** Prints the whole help of the command that the operand names, or of sonde. */
export async function runHelp({ operands }: ParsedFlags<unknown>, io: CommandIo): Promise<ExitCode> {
  refuseOperands("help", operands, 1);
  const [name = DEFAULT_COMMAND.name] = operands;
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const names = COMMANDS.map((candidate) => candidate.name);
    const near = adviseNearest(name, names, { onlyNear: true });
    throw new UsageError(`Unknown command ${name}: ${near ?? `there are ${listWords(names)}`}`);
  }
  const { stdout, width } = io;
  await stdout.write(await formatHelp(command, { paint: await io.paintFor(stdout), width }));
  return ExitCode.ok;
}
