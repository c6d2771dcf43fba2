/**
 * Checks that a task file can be read at all.
 *
 * @module
 */

import { fileFault } from "../../local_fault.ts";
import { UsageError } from "../../usage_error.ts";

/**
 * Checks that a task file exists and can be opened. What it contains may be a mistake of the user; this is a fault of
 * the machine. Without the permission to read it, nothing is checked.
 *
 * @param file The task file as the user wrote it.
 * @throws {LocalFault} If it cannot be opened.
 * @throws {UsageError} If it is a history.
 */
export function requireTaskFile(file: string): void {
  if (/^[a-z]+:\/\//i.test(file)) return;
  if (Deno.permissions.querySync({ name: "read", path: file }).state !== "granted") return;
  try {
    const { isDirectory, isFile } = Deno.statSync(file);
    if (isDirectory) throw new Deno.errors.IsADirectory();
    // To open a pipe could take its content away.
    if (isFile) refuseHistory(file);
  } catch (error) {
    throw error instanceof UsageError ? error : fileFault("read", file, error);
  }
}

/** Refuses the history of a watch, which a user may give instead of its task file. */
function refuseHistory(file: string): void {
  using opened = Deno.openSync(file);
  const start = new Uint8Array(SQLITE.length);
  opened.readSync(start);
  if (String.fromCharCode(...start) !== SQLITE) return;
  throw new UsageError(
    `Cannot watch ${file}: it is a history, not a task file; to see its uptime write sonde report ${file}`,
  );
}

/** The first bytes of every file of SQLite. */
const SQLITE = "SQLite format 3";
