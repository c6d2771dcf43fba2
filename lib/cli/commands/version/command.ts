/**
 * `sonde version`.
 *
 * @module
 */

import { VERSION } from "../../../version.ts";
import { ExitCode } from "../../exit_code.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import type { CommandIo } from "../../io.ts";
import { refuseOperands } from "../../refuse_operands.ts";

/** Formats the versions of sonde and Deno, and the platform. */
export function formatVersion(): string {
  return `sonde ${VERSION} (deno ${Deno.version.deno}, ${Deno.build.target})\n`;
}

/** Prints the versions. */
export async function runVersion(
  { operands }: ParsedFlags<unknown>,
  { stdout }: CommandIo,
): Promise<ExitCode> {
  refuseOperands("version", operands);
  await stdout.write(formatVersion());
  return ExitCode.ok;
}
