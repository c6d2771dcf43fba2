/**
 * Opens the file that `-o` names.
 *
 * @module
 */

import { type AnyFormat, traitsOf } from "./formats.ts";
import type { Output } from "./output.ts";

/**
 * Opens the file for results, if there is one. The traits of the format decide how it is written.
 *
 * @param options `append` keeps the present content.
 * @throws {LocalFault} If it cannot be opened or a permission was not granted.
 */
export async function openOutput(
  flags: {
    readonly output?: string | undefined;
    readonly format?: AnyFormat | undefined;
  },
  options: { readonly append?: boolean } = {},
): Promise<(Output & AsyncDisposable) | undefined> {
  const { output } = flags;
  if (output === undefined) return undefined;
  if (traitsOf(flags).replacesFile) return new (await import("./replaced_file.ts")).ReplacedFile(output);
  return await (await import("./file_output.ts")).FileOutput.open(output, options);
}
