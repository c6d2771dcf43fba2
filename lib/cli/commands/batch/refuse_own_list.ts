/**
 * Keeps a list from being written over.
 *
 * @module
 */

import { UsageError } from "../../usage_error.ts";

/**
 * Makes sure that the file for the rows is none of the lists, under whatever name: opening it would empty the list.
 *
 * @param output The file for the rows, as the user wrote it
 * @param lists Files of the list, `-` for stdin
 * @throws {UsageError} If it is one of them
 */
export async function refuseOwnList(output: string | undefined, lists: readonly string[]): Promise<void> {
  const target = output === undefined ? undefined : await identifyFile(output);
  if (target === undefined) return;
  for (const list of lists) {
    if (list !== "-" && await identifyFile(list) === target) {
      throw new UsageError(`Cannot write rows to ${output}: it is the list that is read`);
    }
  }
}

/** What a regular file has in common under all of its names; `undefined` if it cannot be told or there is none. */
async function identifyFile(path: string): Promise<string | undefined> {
  // A list must be readable anyway, so an output that may not be read is another file.
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return undefined;
  try {
    const { isFile, dev, ino } = await Deno.stat(path);
    if (!isFile) return undefined;
    return ino === null ? await Deno.realPath(path) : `${dev} ${ino}`;
  } catch {
    // Whoever opens it says why that does not go.
    return undefined;
  }
}
