/**
 * Gives the space of removed rows back to the file system.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { pauseForOthers } from "./pause_for_others.ts";

/** The mode of SQLite in which free pages can be given back one by one. */
const INCREMENTAL = 2;

/** Bytes that SQLite rewrites in about a second. Others who write to the same file wait for that long. */
const MOST_REWRITTEN = 192 * 2 ** 20;

/** Pages of 4 KiB that one statement gives back, about 15 ms of work. */
const PAGES = 500;

/**
 * Makes it possible to shrink a file. A new file is only marked. A file of an earlier version is rewritten, once, unless
 * that takes too long, another process is using the file, or Deno does not allow it without all permissions; the file
 * then keeps its size.
 */
export function prepareToShrink(database: DatabaseSync): void {
  if (read(database, "auto_vacuum") === INCREMENTAL) return;
  database.exec("PRAGMA auto_vacuum = INCREMENTAL");
  const used = read(database, "page_count") - read(database, "freelist_count");
  if (used === 0 || used * read(database, "page_size") > MOST_REWRITTEN) return;
  try {
    database.exec("VACUUM");
  } catch {
    // A failure affects only the size of the file.
  }
}

/** Gives free pages back, a part at a time. */
export function shrinkFile(database: DatabaseSync): void {
  if (read(database, "auto_vacuum") !== INCREMENTAL) return;
  const vacuum = database.prepare(`PRAGMA incremental_vacuum(${PAGES})`);
  let free = read(database, "freelist_count");
  while (free > 0) {
    // Every page is a step of the statement.
    vacuum.all();
    const left = read(database, "freelist_count");
    if (left >= free) return;
    free = left;
    pauseForOthers();
  }
}

function read(database: DatabaseSync, pragma: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
}
