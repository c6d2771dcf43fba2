/**
 * Protects files that a command reads from being overwritten.
 *
 * @module
 */

import { UsageError } from "../usage_error.ts";

/** A file that a command reads. */
export interface OwnInput {
  readonly path: string;
  /** The file in words, as in `the history`. */
  readonly what: string;
}

/**
 * Checks that the file for the output is not one that the command reads, under any name: opening it would empty or damage
 * that file.
 *
 * @param output The file for the output, as the user wrote it
 * @throws {UsageError} If it is one of the inputs
 */
export async function refuseOwnInput(
  output: string | undefined,
  inputs: readonly OwnInput[],
): Promise<void> {
  const target = output === undefined ? undefined : await identifyFile(output);
  if (target === undefined) return;
  for (const { path, what } of inputs) {
    if (await identifyFile(path) === target) throw new UsageError(`Cannot write to ${output}: it is ${what}`);
  }
}

/** Gives an identity that a regular file has under all of its names; `undefined` if there is no such file. */
async function identifyFile(path: string): Promise<string | undefined> {
  // The inputs are readable, so an output without the permission to read is another file.
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return undefined;
  try {
    const { isFile, dev, ino } = await Deno.stat(path);
    if (!isFile) return undefined;
    return ino === null ? await Deno.realPath(path) : `${dev} ${ino}`;
  } catch {
    // Opening the file reports the error.
    return undefined;
  }
}
