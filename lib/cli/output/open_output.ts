/**
 * Opens the file that `-o` names.
 *
 * @module
 */

import type { CommandIo } from "../io.ts";
import { type AnyFormat, traitsOf } from "./formats.ts";
import type { Output } from "./output.ts";
import { noteReplaced } from "./replaced_note.ts";

/**
 * Opens the file for results, if there is one. The traits of the format decide how it is written. A note on stderr says
 * if it replaces the content of a file, except for a format whose file every run replaces: there only a person at a
 * terminal is told, since each note of a cron job would become a mail.
 *
 * @param options `append` keeps the present content; `advice` tells how to keep what the file holds.
 * @throws {LocalFault} If it cannot be opened or a permission was not granted.
 */
export async function openOutput(
  flags: {
    readonly output?: string | undefined;
    readonly format?: AnyFormat | undefined;
    readonly quiet?: boolean | undefined;
  },
  io: Pick<CommandIo, "stderr" | "widthOf">,
  options: { readonly append?: boolean | undefined; readonly advice?: string | undefined } = {},
): Promise<(Output & AsyncDisposable) | undefined> {
  const { output, quiet } = flags;
  const { append, advice } = options;
  if (output === undefined) return undefined;
  const onReplaced = noteReplaced(output, io, { quiet, advice });
  if (!traitsOf(flags).replacesFile) {
    return await (await import("./file_output.ts")).FileOutput.open(output, { append, onReplaced });
  }
  const { ReplacedFile } = await import("./replaced_file.ts");
  return new ReplacedFile(output, io.stderr.terminal ? onReplaced : undefined);
}
