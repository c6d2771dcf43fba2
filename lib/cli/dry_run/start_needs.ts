/**
 * Formats the permissions of a planned run, and the command line that has them.
 *
 * @module
 */

import { escapeMessage } from "../../text/escape/text.ts";
import { ExitCode } from "../exit_code.ts";
import type { CommandIo } from "../io.ts";
import { adviseGrant, startCommand } from "../start/advise_grant.ts";
import { formatNeeds } from "../start/needs_text.ts";
import { formatFlag, joinPermissions, type NeededPermission, type Permission } from "../start/permission.ts";
import { formatCommandLine } from "../start/shell_words.ts";

/**
 * Prints the permissions and the start line of a run.
 *
 * @returns 0, or 3 if a permission is missing.
 */
export async function printNeeds(permissions: readonly Permission[], io: CommandIo): Promise<ExitCode> {
  const needed = joinPermissions(permissions);
  await io.stdout.write(formatStartNeeds(needed, realArgs(io)));
  return codeOf(needed);
}

/** Gives the exit code of a plan. */
export function codeOf(needed: readonly NeededPermission[]): ExitCode {
  return needed.every(({ granted }) => granted) ? ExitCode.ok : ExitCode.unmeasured;
}

/** Gives the arguments of the run that a plan describes. */
export function realArgs({ args = [] }: Pick<CommandIo, "args">): string[] {
  return args.filter((arg) => arg !== "--dry-run");
}

/** Formats the permissions and the start line of a run, as lines that end with LF. */
export function formatStartNeeds(needed: readonly NeededPermission[], args: readonly string[]): string {
  const missing = needed.filter(({ granted }) => !granted).map(formatFlag);
  const start = missing.length > 0
    ? adviseGrant(missing, { args, connects: false, needed })
    : `Start it with:\n  ${formatCommandLine(startCommand(needed, args))}\n`;
  const text = ["It needs:", ...formatNeeds(needed, { marks: true }), start].join("\n");
  return text.split("\n").map(escapeMessage).join("\n");
}
