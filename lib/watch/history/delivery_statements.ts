/**
 * The statements of the queue of notices.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";

/** Open notices of the same receiver and check as another notice. */
const SAME_CHECK = `outcome IS NULL AND receiver = (SELECT receiver FROM deliveries WHERE id = :id)
  AND change_id IN (SELECT other.id FROM changes AS other JOIN changes AS own ON own.check_id = other.check_id
    WHERE own.id = (SELECT change_id FROM deliveries WHERE id = :id))`;

/** Statements of the queue by name. */
export const DELIVERY_STATEMENTS = {
  // While a receiver asks to wait, new notices wait as well.
  add: `INSERT INTO deliveries (change_id, receiver, address, message, queued, due, waiting)
    SELECT :changeId, :receiver, :address, :message, :now, max(:now, coalesce(limited.due, 0)), limited.waiting
    FROM (SELECT max(due) AS due, waiting FROM deliveries
      WHERE receiver = :receiver AND outcome IS NULL AND waiting = 'limited' AND due > :now) AS limited`,
  // The notices of a check wait for the first one of them; a new one makes that one due.
  next: `SELECT deliveries.id, message, tries, queued, deliveries.claimed, first.due FROM (
      SELECT min(deliveries.id) AS id, max(min(due), max(claimed)) AS due FROM deliveries
      JOIN changes ON changes.id = change_id
      WHERE receiver = :receiver AND outcome IS NULL GROUP BY check_id
    ) AS first JOIN deliveries ON deliveries.id = first.id
    ORDER BY max(first.due, :now), first.id LIMIT 1`,
  // A notice that another process tries right now is none of the others' business.
  count: `SELECT count(*) AS count FROM deliveries
    WHERE receiver = :receiver AND outcome IS NULL AND (claimed <= :now OR id = :own)`,
  told: `SELECT "to" FROM deliveries JOIN changes ON changes.id = change_id
    WHERE check_id = (SELECT id FROM checks WHERE name = :check)
      AND (receiver = :receiver OR address = :address AND receiver NOT IN (SELECT value FROM json_each(:known)))
      AND kind IN ('up', 'down', 'degraded', 'steady', 'reminder')
    ORDER BY changes.id DESC LIMIT 1`,
  toldOf: `SELECT message FROM deliveries JOIN changes ON changes.id = change_id
    WHERE check_id = (SELECT id FROM checks WHERE name = :check) AND address = :address ORDER BY deliveries.id`,
  claim: `UPDATE deliveries SET claimed = :until
    WHERE id = :id AND claimed = :claimed AND tries = :tries AND outcome IS NULL`,
  release: "UPDATE deliveries SET claimed = 0 WHERE id = :id AND outcome IS NULL",
  settle: `UPDATE deliveries SET tries = tries + 1, outcome = :outcome, settled = :now, error = :error
    WHERE id = :id`,
  free: `UPDATE deliveries SET due = min(due, :now), waiting = NULL
    WHERE (${SAME_CHECK}) OR (outcome IS NULL AND waiting = 'unreachable'
      AND receiver = (SELECT receiver FROM deliveries WHERE id = :id))`,
  postpone: "UPDATE deliveries SET tries = tries + 1, claimed = 0, error = :error WHERE id = :id",
  holdCheck: `UPDATE deliveries SET due = max(due, :due), waiting = NULL WHERE ${SAME_CHECK}`,
  holdAll: `UPDATE deliveries SET due = max(due, :due), waiting = :waiting
    WHERE outcome IS NULL AND receiver = (SELECT receiver FROM deliveries WHERE id = :id)`,
} as const;

/** Gives the open notices of an address to its receiver, if theirs is gone. */
export const ADOPT = `UPDATE deliveries SET receiver = :receiver
  WHERE outcome IS NULL AND address = :address AND receiver NOT IN (SELECT value FROM json_each(:known))`;

/** Prepares the statements about notices whose receiver is gone. */
export function ownedBy(database: DatabaseSync): { abandon: StatementSync; count: StatementSync } {
  const open = "outcome IS NULL AND receiver NOT IN (SELECT value FROM json_each(:known))";
  return {
    abandon: database.prepare(
      `UPDATE deliveries SET outcome = 'given-up', settled = :now, error = 'its receiver is not in the task file'
       WHERE ${open} AND queued < :oldest`,
    ),
    count: database.prepare(`SELECT count(*) AS count FROM deliveries WHERE ${open} AND due < :idle`),
  };
}
