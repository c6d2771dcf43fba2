/**
 * All or nothing of some work on a database.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";

/** Does all of some work on a database, or nothing of it. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // SQLite ends it by itself where the disk is full, and that is what has to be said then.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
