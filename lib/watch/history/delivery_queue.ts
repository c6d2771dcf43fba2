/**
 * Messages in the history that receivers are still to be told.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";

/** Something that a receiver is still to be told. */
export interface Delivery {
  readonly id: number;
  /** JSON. */
  readonly message: string;
  /** Tries so far, all failed. */
  readonly tries: number;
  /** When to try next, milliseconds since 1970. */
  readonly due: number;
}

/** How a try ended. */
export type DeliveryOutcome =
  | { readonly type: "delivered" }
  | { readonly type: "failed"; readonly error: string; readonly due: number }
  | { readonly type: "given-up"; readonly error: string };

/** What is to be delivered, in the order in which it happened; it outlives the process. */
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

  /** Adds something that is due at once. */
  add(delivery: { changeId: number; receiver: string; message: string }): void {
    this.#statements.add.run(delivery.changeId, delivery.receiver, delivery.message, Date.now());
  }

  /** The oldest thing that a receiver is still to be told. */
  next(receiver: string): Delivery | undefined {
    const row = this.#statements.next.get(receiver);
    return row && {
      id: Number(row["id"]),
      message: String(row["message"]),
      tries: Number(row["tries"]),
      due: Number(row["due"]),
    };
  }

  /** How many things a receiver is still to be told. */
  count(receiver: string): number {
    return Number(this.#statements.count.get(receiver)?.["count"]);
  }

  /**
   * Takes something for this process, as others may work on the same queue.
   *
   * @param until Milliseconds since 1970: if this process has not settled it by then, another may try.
   * @returns Whether it was still there to be taken.
   */
  claim({ id, due, tries }: Delivery, until: number): boolean {
    return Number(this.#statements.claim.run(until, id, due, tries).changes) === 1;
  }

  /** Gives back what was taken and neither delivered nor refused. */
  release({ id, due }: Delivery): void {
    this.#statements.release.run(due, id);
  }

  /** Takes down how a try ended. */
  settle(id: number, outcome: DeliveryOutcome): void {
    if (outcome.type === "failed") this.#statements.postpone.run(outcome.due, outcome.error, id);
    else {
      const error = outcome.type === "given-up" ? outcome.error : null;
      this.#statements.settle.run(outcome.type, Date.now(), error, id);
    }
  }
}
