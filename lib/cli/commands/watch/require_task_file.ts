/**
 * Checks that a task file can be read at all.
 *
 * @module
 */

import { fileFault } from "../../local_fault.ts";

/**
 * Checks that a task file exists and can be opened. What it contains may be a mistake of the user; this is a fault of
 * the machine. Without the permission to read it, nothing is checked.
 *
 * @param file The task file as the user wrote it.
 * @throws {LocalFault} If it cannot be opened.
 */
export function requireTaskFile(file: string): void {
  if (/^[a-z]+:\/\//i.test(file)) return;
  if (Deno.permissions.querySync({ name: "read", path: file }).state !== "granted") return;
  try {
    const { isDirectory, isFile } = Deno.statSync(file);
    if (isDirectory) throw new Deno.errors.IsADirectory();
    // To open a pipe could take its content away.
    if (isFile) Deno.openSync(file).close();
  } catch (error) {
    throw fileFault("read", file, error);
  }
}
