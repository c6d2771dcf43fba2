/**
 * Reads a history of an older version without writing to it.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";

/** The columns that step n of the schema added, by table, with the values that rows of an older version have. */
const ADDED: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  2: {
    checks: "NULL AS source, NULL AS certificate_days, NULL AS removed",
    runs: "NULL AS certificate_ends, NULL AS excluded",
    changes: "0 AS quiet",
  },
};

/** Shows the tables of an older version with the columns of this one, until the database is closed. */
export function presentOldSchema(database: DatabaseSync, version: number): void {
  const columns = new Map<string, string[]>();
  for (const [step, tables] of Object.entries(ADDED)) {
    if (Number(step) <= version) continue;
    for (const [table, added] of Object.entries(tables)) {
      columns.set(table, [...columns.get(table) ?? [], added]);
    }
  }
  // A temporary view hides the table of the same name, and is no part of the file.
  for (const [table, added] of columns) {
    database.exec(`CREATE TEMP VIEW ${table} AS SELECT *, ${added.join(", ")} FROM main.${table}`);
  }
}
