/**
 * Protects a list from being overwritten.
 *
 * @module
 */

import { UsageError } from "../../usage_error.ts";

/**
 * Checks that the file for the rows is not one of the lists, under any name: opening it would empty the list.
 *
 * @param output The file for the rows, as the user wrote it
 * @param lists Files of the list, `-` for stdin
 * @throws {UsageError} If it is one of the lists
 */
export async function refuseOwnList(output: string | undefined, lists: readonly string[]): Promise<void> {
  const target = output === undefined ? undefined : await identifyFile(output);
  if (target === undefined) return;
  for (const list of lists) {
    if (list !== "-" && await identifyFile(list) === target) {
      throw new UsageError(`Cannot write rows to ${output}: it is one of the lists`);
    }
  }
}

/** Gives an identity that a regular file has under all of its names; `undefined` if there is no such file. */
async function identifyFile(path: string): Promise<string | undefined> {
  // The lists are readable, so an output without the permission to read is another file.
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
