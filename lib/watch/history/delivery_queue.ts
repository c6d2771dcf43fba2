/**
 * The queue of notices in a history.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { ToldChange } from "../delivery/alerts.ts";
import type { Condition } from "../state/check_state.ts";
import { ADOPT, DELIVERY_STATEMENTS, ownedBy } from "./delivery_statements.ts";

/** A notice in the queue. */
export interface Delivery {
  readonly id: number;
  /** JSON of the notice. */
  readonly message: string;
  /** Failed tries so far. */
  readonly tries: number;
  /** Time of the next try, milliseconds since 1970. */
  readonly due: number;
  /** Time at which it was added, milliseconds since 1970. */
  readonly queued: number;
  /** Until then it belongs to a process, milliseconds since 1970. */
  readonly claimed: number;
}

/** The digests of a receiver. */
export interface DigestedReceiver {
  readonly digest: string;
  readonly address: string;
}

/** The notices that wait after a failure: of the same check, or all of the receiver until it can be reached again. */
export type Waiting = "check" | "unreachable" | "limited";

/** The outcome of a try. */
export type DeliveryOutcome =
  | { readonly type: "delivered" }
  | { readonly type: "failed"; readonly error: string; readonly due: number; readonly waiting: Waiting }
  | { readonly type: "given-up"; readonly error: string };

/**
 * The queue of undelivered notices. A receiver gets the notices of one check in the order of its changes, and no check
 * waits for another one. The queue outlives the process.
 */
export class DeliveryQueue {
  readonly #database: DatabaseSync;
  readonly #statements: Readonly<Record<keyof typeof DELIVERY_STATEMENTS, StatementSync>>;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = Object.fromEntries(
      Object.entries(DELIVERY_STATEMENTS).map(([name, sql]) => [name, database.prepare(sql)]),
    ) as Record<keyof typeof DELIVERY_STATEMENTS, StatementSync>;
  }

  /** Adds a notice that is due at once. */
  add(delivery: { changeId: number; receiver: string; address: string; message: string }): void {
    const { changeId, receiver, address, message } = delivery;
    this.#statements.add.run({ changeId, receiver, address, message, now: Date.now() });
  }

  /** Finds the next notice to deliver: the oldest one of a check with a due notice, or else the one that falls due first. */
  next(receiver: string): Delivery | undefined {
    const row = this.#statements.next.get({ receiver, now: Date.now() });
    return row && {
      id: Number(row["id"]),
      message: String(row["message"]),
      tries: Number(row["tries"]),
      due: Number(row["due"]),
      queued: Number(row["queued"]),
      claimed: Number(row["claimed"]),
    };
  }

  /**
   * Counts the notices for a receiver that no other process tries right now.
   *
   * @param own The notice that this process tries, if any
   */
  count(receiver: string, own?: number): number {
    return Number(this.#statements.count.get({ receiver, own: own ?? null, now: Date.now() })?.["count"]);
  }

  /**
   * Reads the condition of a check in the last notice to a receiver; `undefined` if it had none.
   *
   * @param receivers All receivers. A notice to the same address, but to none of them, went to this one with other
   *   credentials
   */
  told(
    check: string,
    { digest, address }: DigestedReceiver,
    receivers: readonly DigestedReceiver[],
  ): Condition | undefined {
    const known = JSON.stringify(receivers.map((it) => it.digest));
    const row = this.#statements.told.get({ check, receiver: digest, address, known });
    return row?.["to"] as Condition | undefined;
  }

  /** Reads the changes of a check that an address was told of, in their order. */
  toldOf(check: string, address: string): ToldChange[] {
    return this.#statements.toldOf.all({ check, address }).map(({ message }) => {
      const { kind, to, ends } = JSON.parse(String(message)) as ToldChange;
      return { kind, to, ends };
    });
  }

  /**
   * Claims a notice for this process, as others may work on the same queue.
   *
   * @param until Milliseconds since 1970; later, another process may try
   * @returns `false` if another process was faster
   */
  claim({ id, claimed, tries }: Delivery, until: number): boolean {
    return Number(this.#statements.claim.run({ id, claimed, tries, until }).changes) === 1;
  }

  /** Gives a claimed notice back, if it was neither delivered nor refused. */
  release({ id }: Pick<Delivery, "id">): void {
    this.#statements.release.run({ id });
  }

  /** Records the outcome of a try. */
  settle(id: number, outcome: DeliveryOutcome): void {
    if (outcome.type !== "failed") {
      const error = outcome.type === "given-up" ? outcome.error : null;
      this.#statements.settle.run({ id, outcome: outcome.type, now: Date.now(), error });
      // The next notice of the check is due, and the receiver was reached.
      this.#statements.free.run({ id, now: Date.now() });
      return;
    }
    const { error, due, waiting } = outcome;
    this.#statements.postpone.run({ id, error });
    if (waiting === "check") this.#statements.holdCheck.run({ id, due });
    else this.#statements.holdAll.run({ id, due, waiting });
  }

  /**
   * Gives notices of receivers that are gone to a receiver with the same address, and gives up those that nobody asked
   * for in the last days.
   *
   * @param receivers Digests of all receivers, each with that of its address
   * @param limits `idle` is the time before which a notice counts as forgotten, `oldest` the time before which it is given
   *   up, milliseconds since 1970
   * @returns Forgotten notices that are left
   */
  adopt(
    receivers: readonly { readonly receiver: string; readonly address: string }[],
    { idle, oldest }: { readonly idle: number; readonly oldest: number },
  ): number {
    const known = JSON.stringify(receivers.map(({ receiver }) => receiver));
    const adopt = this.#database.prepare(ADOPT);
    for (const { receiver, address } of receivers) adopt.run({ receiver, address, known });
    const { abandon, count } = ownedBy(this.#database);
    abandon.run({ known, oldest, now: Date.now() });
    return Number(count.get({ known, idle })?.["count"]);
  }
}
