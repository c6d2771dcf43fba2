/**
 * Transactions of a database.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";

/** Does some work in one transaction: if it throws, the database stays as it was. */
export function inTransaction<T>(database: DatabaseSync, action: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = action();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // If the disk is full, SQLite has rolled back already; a second ROLLBACK would hide that error.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
