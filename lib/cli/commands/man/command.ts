/**
 * `sonde man`.
 *
 * @module
 */

import { VERSION } from "../../../version.ts";
import { COMMANDS } from "../../commands.ts";
import { ExitCode } from "../../exit_code.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import type { CommandIo } from "../../io.ts";
import { refuseOperands } from "../../refuse_operands.ts";
import { formatManPage } from "./page.ts";

/** Prints the manual page; on a terminal, a note says how to read it. */
export async function runMan(
  { operands }: ParsedFlags<unknown>,
  { stdout, stderr }: CommandIo,
): Promise<ExitCode> {
  refuseOperands("man", operands);
  const date = new Date().toISOString().slice(0, 10);
  await stdout.write(await formatManPage(COMMANDS, { version: VERSION, date }));
  if (stdout.terminal) {
    await stderr.write("This is the source of the page. To read it, write: sonde man | man -l -\n");
  }
  return ExitCode.ok;
}
