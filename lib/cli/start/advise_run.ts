/**
 * Prints the advice about the permissions that a run lacked.
 *
 * @module
 */

import { escapeMessage } from "../../text/escape/text.ts";
import { chooseCommand } from "../choose_command.ts";
import { DENO_FLAG } from "../flags/explain_flag.ts";
import { lossyOutput } from "../output/lossy_output.ts";
import type { Output } from "../output/output.ts";
import { adviseGrant } from "./advise_grant.ts";
import type { MissingPermissions } from "./missing_permissions.ts";

/**
 * Prints the command lines that have the missing permissions.
 *
 * @param args The arguments of the run. Flags of Deno among them are left out.
 */
export async function adviseRun(
  args: readonly string[],
  { flags, needed }: Pick<MissingPermissions, "flags" | "needed">,
  stderr: Output,
): Promise<void> {
  const own = args.filter((arg) => !DENO_FLAG.test(arg));
  const connects = chooseCommand(own).command.permissions.some(([flag]) => flag.startsWith("--allow-net"));
  const lines = adviseGrant(flags, { args: own, connects, needed }).trimEnd().split("\n");
  // The exit code reports the failure, even if this cannot be written.
  await lossyOutput(stderr, () => {}).write(lines.map((line) => `${escapeMessage(line)}\n`).join(""));
}
