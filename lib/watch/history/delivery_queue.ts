/**
 * The queue of notices in a history.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";

/** A notice in the queue. */
export interface Delivery {
  readonly id: number;
  /** JSON of the notice. */
  readonly message: string;
  /** Failed tries so far. */
  readonly tries: number;
  /** Time of the next try, milliseconds since 1970. */
  readonly due: number;
}

/** The outcome of a try. */
export type DeliveryOutcome =
  | { readonly type: "delivered" }
  | { readonly type: "failed"; readonly error: string; readonly due: number }
  | { readonly type: "given-up"; readonly error: string };

/** Notices that are to be delivered, in the order of the changes; the queue outlives the process. */
export class DeliveryQueue {
  readonly #statements: Readonly<
    Record<"add" | "next" | "count" | "claim" | "release" | "settle" | "postpone", StatementSync>
  >;

  constructor(database: DatabaseSync) {
    this.#statements = {
      add: database.prepare("INSERT INTO deliveries (change_id, receiver, message, due) VALUES (?, ?, ?, ?)"),
      next: database.prepare(
        "SELECT id, message, tries, due FROM deliveries WHERE receiver = ? AND outcome IS NULL ORDER BY id LIMIT 1",
      ),
      count: database.prepare(
        "SELECT count(*) AS count FROM deliveries WHERE receiver = ? AND outcome IS NULL",
      ),
      claim: database.prepare(
        "UPDATE deliveries SET due = ? WHERE id = ? AND due = ? AND tries = ? AND outcome IS NULL",
      ),
      release: database.prepare("UPDATE deliveries SET due = ? WHERE id = ? AND outcome IS NULL"),
      settle: database.prepare(
        "UPDATE deliveries SET tries = tries + 1, outcome = ?, settled = ?, error = ? WHERE id = ?",
      ),
      postpone: database.prepare("UPDATE deliveries SET tries = tries + 1, due = ?, error = ? WHERE id = ?"),
    };
  }

  /** Adds a notice that is due at once. */
  add(delivery: { changeId: number; receiver: string; message: string }): void {
    this.#statements.add.run(delivery.changeId, delivery.receiver, delivery.message, Date.now());
  }

  /** Reads the oldest notice for a receiver. */
  next(receiver: string): Delivery | undefined {
    const row = this.#statements.next.get(receiver);
    return row && {
      id: Number(row["id"]),
      message: String(row["message"]),
      tries: Number(row["tries"]),
      due: Number(row["due"]),
    };
  }

  /** Counts the notices for a receiver. */
  count(receiver: string): number {
    return Number(this.#statements.count.get(receiver)?.["count"]);
  }

  /**
   * Claims a notice for this process, as others may work on the same queue.
   *
   * @param until Milliseconds since 1970; later, another process may try
   * @returns `false` if another process was faster
   */
  claim({ id, due, tries }: Delivery, until: number): boolean {
    return Number(this.#statements.claim.run(until, id, due, tries).changes) === 1;
  }

  /** Gives a claimed notice back, if it was neither delivered nor refused. */
  release({ id, due }: Delivery): void {
    this.#statements.release.run(due, id);
  }

  /** Records the outcome of a try. */
  settle(id: number, outcome: DeliveryOutcome): void {
    if (outcome.type === "failed") this.#statements.postpone.run(outcome.due, outcome.error, id);
    else {
      const error = outcome.type === "given-up" ? outcome.error : null;
      this.#statements.settle.run(outcome.type, Date.now(), error, id);
    }
  }
}
