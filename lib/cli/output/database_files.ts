/**
 * Lists the files of a history.
 *
 * @module
 */

import type { OwnInput } from "./refuse_own_input.ts";

/** Lists the file of a history, and the files that SQLite keeps beside it. Without a path there are none. */
export function databaseFiles(path: string | undefined): OwnInput[] {
  if (path === undefined) return [];
  return ["", "-wal", "-shm"].map((end) => ({ path: `${path}${end}`, what: "the history" }));
}
