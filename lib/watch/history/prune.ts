/**
 * Removes old rows from a history.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { pauseForOthers } from "./pause_for_others.ts";

/** Number of runs that one statement removes. That takes about 15 ms, in which other writers wait. */
const SLICE = 4000;

/** Removes runs, and changes with their notices, from before a time. */
export function removeBefore(database: DatabaseSync, at: number): void {
  const ids = database.prepare("SELECT id FROM checks").all().map(({ id }) => Number(id));
  for (const id of ids) removeRuns(database, id, at);
  // The change that led to the current condition stays, so that a report still knows the start of a current outage.
  database.prepare(
    `DELETE FROM changes WHERE at < ? AND id NOT IN
       (SELECT max(id) FROM changes WHERE "from" <> "to" GROUP BY check_id)`,
  ).run(at);
}

/**
 * Removes the runs of a check from before a time, slice by slice.
 *
 * @returns The number of runs that were removed
 */
export function removeRuns(database: DatabaseSync, id: number, at: number): number {
  const remove = database.prepare(
    `DELETE FROM runs WHERE check_id = ?1 AND at < ?2 AND at <= ifnull(
       (SELECT at FROM runs WHERE check_id = ?1 ORDER BY at LIMIT 1 OFFSET ${SLICE - 1}), ?2)`,
  );
  let count = 0;
  while (true) {
    const removed = Number(remove.run(id, at).changes);
    count += removed;
    if (removed < SLICE) return count;
    pauseForOthers();
  }
}
