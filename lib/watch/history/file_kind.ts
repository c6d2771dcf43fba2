/**
 * Finds out which kind of file a path names.
 *
 * @module
 */

/** Kinds of files that cannot be a history, with the field of `Deno.FileInfo` that identifies each. */
const OTHER_KINDS = [
  ["isDirectory", "it is a folder"],
  ["isFifo", "it is a named pipe"],
  ["isSocket", "it is a socket"],
  ["isCharDevice", "it is a device"],
  ["isBlockDevice", "it is a device"],
] as const;

/**
 * Refuses a path that is not a regular file: opening a named pipe would wait for another process forever.
 *
 * @throws {TypeError} If the path names something else than a file
 */
export function refuseOtherKinds(path: string): void {
  const facts = factsOf(path);
  const kind = OTHER_KINDS.find(([field]) => facts?.[field] === true);
  if (kind !== undefined) throw new TypeError(kind[1]);
}

/** Reads the size of a file in bytes; `undefined` if there is no such file, or if it may not be looked at. */
export function sizeOf(path: string): number | undefined {
  return factsOf(path)?.size;
}

/** Tells if the system does not let this user read a file. */
export function isForbidden(path: string): boolean {
  try {
    Deno.openSync(path).close();
    return false;
  } catch (error) {
    return error instanceof Deno.errors.PermissionDenied;
  }
}

function factsOf(path: string): Deno.FileInfo | undefined {
  // SQLite keeps it in memory, and a look at a file of that name would need a permission.
  if (path === ":memory:") return undefined;
  try {
    return Deno.statSync(path);
  } catch {
    return undefined; // Opening the file will report the reason.
  }
}
