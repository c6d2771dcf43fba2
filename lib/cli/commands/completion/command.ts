/**
 * `sonde completion`.
 *
 * @module
 */

import { COMMANDS } from "../../commands.ts";
import { ExitCode } from "../../exit_code.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import type { CommandIo } from "../../io.ts";
import { refuseOperands } from "../../refuse_operands.ts";
import { UsageError } from "../../usage_error.ts";
import { formatBashCompletion } from "./bash.ts";
import { collectCompletions, type CommandCompletion } from "./completions.ts";
import { formatFishCompletion } from "./fish.ts";
import { formatZshCompletion } from "./zsh.ts";

const SHELLS: Readonly<Record<string, (commands: readonly CommandCompletion[]) => string>> = {
  bash: formatBashCompletion,
  zsh: formatZshCompletion,
  fish: formatFishCompletion,
};

/** Prints the script that completes command lines of sonde in a shell. */
export async function runCompletion(
  { operands }: ParsedFlags<unknown>,
  { stdout }: CommandIo,
): Promise<ExitCode> {
  refuseOperands("completion", operands, 1);
  const [shell = ""] = operands;
  const format = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (format === undefined) {
    const wrong = shell === "" ? "Name a shell" : `Cannot complete in "${shell}"`;
    throw new UsageError(`${wrong}: write sonde completion bash, zsh or fish`);
  }
  await stdout.write(format(await collectCompletions(COMMANDS)));
  return ExitCode.ok;
}
