/**
 * Opens the file that `-o` names.
 *
 * @module
 */

import type { CommandIo } from "../io.ts";
import { type AnyFormat, type FormatRows, traitsOf } from "./formats.ts";
import { describePromise } from "./named_format.ts";
import { writeNote } from "./note.ts";
import type { Output } from "./output.ts";
import { noteReplaced } from "./replaced_note.ts";

/** Settings of {@linkcode openOutput}. */
export interface OutputOptions {
  /** Keeps the present content. */
  readonly append?: boolean | undefined;
  /** Tells how to keep what the file holds. */
  readonly advice?: string | undefined;
  /** The data that the command prints. @default "results" */
  readonly kind?: keyof FormatRows | undefined;
}

/**
 * Opens the file for results, if there is one. The traits of the format decide how it is written. A note on stderr says
 * if it replaces the content of a file, except for a format whose file every run replaces: there only a person at a
 * terminal is told, since each note of a cron job would become a mail. Another note says if text goes into a file whose
 * name promises another format.
 *
 * @throws {LocalFault} If it cannot be opened or a permission was not granted.
 */
export async function openOutput(
  flags: {
    readonly output?: string | undefined;
    readonly format?: AnyFormat | undefined;
    readonly json?: boolean | undefined;
    readonly quiet?: boolean | undefined;
  },
  io: Pick<CommandIo, "stderr" | "widthOf">,
  options: OutputOptions = {},
): Promise<(Output & AsyncDisposable) | undefined> {
  const { output, quiet } = flags;
  const { append, advice, kind = "results" } = options;
  if (output === undefined) return undefined;
  const promise = describePromise(output, flags, kind);
  if (promise !== undefined && !quiet) await writeNote(promise, io);
  const onReplaced = noteReplaced(output, io, { quiet, advice });
  if (!traitsOf(flags).replacesFile) {
    return await (await import("./file_output.ts")).FileOutput.open(output, { append, onReplaced });
  }
  const { ReplacedFile } = await import("./replaced_file.ts");
  return new ReplacedFile(output, io.stderr.terminal ? onReplaced : undefined);
}
