/**
 * Prints the advice about the permissions that a run lacked.
 *
 * @module
 */

import { escapeMessage } from "../../text/escape/text.ts";
import { layOut } from "../../text/layout.ts";
import { plain } from "../../text/paint.ts";
import { chooseCommand } from "../choose_command.ts";
import { DENO_FLAG } from "../flags/deno_flags.ts";
import { parseFlags } from "../flags/parse_flags.ts";
import { lossyOutput } from "../output/lossy_output.ts";
import type { Output } from "../output/output.ts";
import { adviseGrant } from "./advise_grant.ts";
import { filePermissions } from "./file_permissions.ts";
import type { MissingPermissions } from "./missing_permissions.ts";

/**
 * Prints the command lines that have the missing permissions.
 *
 * @param args The arguments of the run. Flags of Deno among them are left out.
 * @param width Columns of the terminal; without one, no line is broken.
 */
export async function adviseRun(
  args: readonly string[],
  missing: Pick<MissingPermissions, "flags" | "findNeeded">,
  stderr: Output,
  width = Infinity,
): Promise<void> {
  const own = args.filter((arg) => !DENO_FLAG.test(arg));
  const { command, rest } = chooseCommand(own);
  const connects = command.permissions.some(([flag]) => flag.startsWith("--allow-net"));
  const needed = await missing.findNeeded();
  const files = filePermissions(command.name, parseFlags(rest, await command.loadFlags()));
  const lines = adviseGrant(missing.flags, { args: own, connects, needed, files }).trimEnd().split("\n");
  // The exit code reports the failure, even if this cannot be written.
  await lossyOutput(stderr, () => {}).write(lines.map((line) => `${breakWords(line, width)}\n`).join(""));
}

/** Breaks a sentence between words. A command line stays whole, so that it can be copied. */
function breakWords(line: string, width: number): string {
  if (line.startsWith(" ") || width === Infinity) return escapeMessage(line);
  return layOut([line], { width, paint: plain, verbose: false }).join("\n");
}
