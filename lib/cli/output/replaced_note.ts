/**
 * Opens files whose present content is replaced, and says so: nobody should lose results without noticing.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import type { CommandIo } from "../io.ts";
import { writeNote } from "./note.ts";

/** Told the size, in bytes, of content that is about to be replaced. */
export type OnReplaced = (bytes: number) => Promise<void> | void;

/**
 * Makes the function that says which file is replaced.
 *
 * @param path The file as the user wrote it.
 * @param options `quiet` says nothing; `advice` tells how to keep the content.
 */
export function noteReplaced(
  path: string,
  io: Pick<CommandIo, "stderr" | "widthOf">,
  { quiet = false, advice }: { readonly quiet?: boolean | undefined; readonly advice?: string | undefined } =
    {},
): OnReplaced {
  return (bytes) => {
    if (quiet) return;
    const note = `replaces ${path}, which held ${formatQuantity(bytes, "byte")}`;
    return writeNote(`${note}${advice === undefined ? "" : `; ${advice}`}`, io);
  };
}

/**
 * Opens a file for writing and empties it. A file that does not exist is created.
 *
 * @param onReplaced Called before the file is emptied, unless it holds nothing.
 */
export async function openEmptied(path: string, onReplaced?: OnReplaced): Promise<Deno.FsFile> {
  const file = await Deno.open(path, { write: true, create: true });
  const size = await sizeOf(file);
  if (size === undefined || size === 0) return file;
  await onReplaced?.(size);
  await file.truncate(0);
  await file.seek(0, Deno.SeekMode.Start);
  return file;
}

/** Tells that a file is about to be replaced, if it exists and holds something. */
export async function tellReplaced(path: string, onReplaced: OnReplaced): Promise<void> {
  let size: number | undefined;
  try {
    using file = await Deno.open(path, { write: true });
    size = await sizeOf(file);
  } catch {
    // There is no such file, or writing it reports the error.
    return;
  }
  if (size !== undefined && size > 0) await onReplaced(size);
}

/** Gives the size of a file in bytes; `undefined` for a pipe or a terminal. `stat()` would need the permission to read. */
export async function sizeOf(file: Deno.FsFile): Promise<number | undefined> {
  try {
    return await file.seek(0, Deno.SeekMode.End);
  } catch {
    return undefined;
  }
}
