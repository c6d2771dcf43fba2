/**
 * The file that `-o` names.
 *
 * @module
 */

import type { Output } from "./output.ts";

/**
 * Opens the file for results, if there is one. A file for Prometheus is put in place once it is complete, since
 * node_exporter may read its folder at any moment.
 *
 * @param options `append` keeps the present content.
 * @throws {LocalFault} If it cannot be opened or a permission was not granted.
 */
export async function openOutput(
  { output, format }: { readonly output?: string | undefined; readonly format?: string | undefined },
  options: { readonly append?: boolean } = {},
): Promise<(Output & AsyncDisposable) | undefined> {
  if (output === undefined) return undefined;
  if (format === "prom") return new (await import("./replaced_file.ts")).ReplacedFile(output);
  return await (await import("./file_output.ts")).FileOutput.open(output, options);
}
