/**
 * Writes runs with their changes and notices into the tables of a history.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { chainStart, chainTimings, earliestCertificate } from "../../redirect_chain.ts";
import type { CheckState } from "../state/check_state.ts";
import { describeRun } from "../state/describe_run.ts";
import type { StateChange } from "../state/state_change.ts";
import type { TaskRun } from "../task_run.ts";
import type { Task } from "../tasks/task.ts";
import type { DeliveryQueue } from "./delivery_queue.ts";
import { HISTORY_STATEMENTS } from "./history_statements.ts";

/** The data of one run to record. */
export interface RunRecord {
  readonly task: Pick<Task, "name" | "url" | "tags" | "interval" | "thresholds">;
  readonly run: TaskRun;
  readonly state: CheckState;
  readonly changes: readonly StateChange[];
  /** Starts that were missed before this run. */
  readonly skipped: number;
  /**
   * For each receiver its digest, that of its address, and a function that makes the notice of a change without secrets;
   * it gives `undefined` if the receiver does not want the notice.
   */
  readonly messages: readonly {
    readonly receiver: string;
    readonly address: string;
    readonly message: (change: StateChange) => string | undefined;
  }[];
  /** Replaces secrets in a text by `***`. */
  readonly redact: (text: string) => string;
}

/** A state without a run, with the changes that led to it. */
export type Amendment = Pick<RunRecord, "state" | "changes" | "messages" | "redact">;

/** Options of a {@linkcode RunWriter}. */
export interface RunWriterOptions {
  /** `false` writes states, changes and notices only. */
  readonly runs: boolean;
  /** Takes the notices. */
  readonly deliveries: DeliveryQueue;
  /** Finds the task file of a check; `null` if a script defines it. */
  readonly sourceOf: (name: string) => string | null;
}

/** Writes runs. The caller begins and ends the transaction. */
export class RunWriter {
  readonly #options: RunWriterOptions;
  readonly #statements: Readonly<Record<"amend" | "check" | "run" | "change", StatementSync>>;

  constructor(database: DatabaseSync, options: RunWriterOptions) {
    this.#options = options;
    this.#statements = {
      amend: database.prepare(HISTORY_STATEMENTS.amend),
      check: database.prepare(HISTORY_STATEMENTS.check),
      run: database.prepare(HISTORY_STATEMENTS.run),
      change: database.prepare(HISTORY_STATEMENTS.change),
    };
  }

  /** Writes one run. */
  write(record: RunRecord): void {
    const id = this.#writeCheck(record);
    if (this.#options.runs) this.#writeRun(id, record);
    for (const change of record.changes) this.#writeChange(id, change, record);
  }

  /** Gives a check another state without a run. */
  amend(name: string, amendment: Amendment): void {
    const row = this.#statements.amend.get(JSON.stringify(amendment.state), name);
    for (const change of amendment.changes) this.#writeChange(Number(row?.["id"]), change, amendment);
  }

  #writeCheck({ task, state, redact }: RunRecord): number {
    const row = this.#statements.check.get(
      task.name,
      redact(task.url),
      JSON.stringify(task.tags),
      task.interval,
      JSON.stringify(state),
      Math.max(0, ...task.thresholds.certificateDays),
      this.#options.sourceOf(task.name),
    );
    return Number(row?.["id"]);
  }

  #writeRun(id: number, { run, skipped, redact }: RunRecord): void {
    const { result, verdict, retries, excluded } = run;
    const { dns, connect, tls, send, wait, receive, total } = chainTimings(result);
    const certificate = earliestCertificate(result);
    const facts = [
      verdict,
      result.status ?? null,
      dns ?? null,
      connect ?? null,
      tls ?? null,
      send ?? null,
      wait ?? null,
      receive ?? null,
      total,
      certificate?.daysLeft ?? null,
      certificate === undefined ? null : Date.parse(certificate.notAfter),
      retries,
      skipped,
      verdict === "up" ? null : redact(describeRun(run)),
      excluded ?? null,
    ];
    // Another watch may have begun a run in the same millisecond, or the clock was set back. Neither run may be lost.
    let at = Date.parse(chainStart(result));
    while (this.#statements.run.run(id, at, ...facts).changes === 0) at++;
  }

  #writeChange(id: number, change: StateChange, { messages, redact }: Amendment): void {
    const { at, kind, from, to, since, cause, quiet } = change;
    const row = this.#statements.change.get(
      id,
      Date.parse(at),
      kind,
      from,
      to,
      Date.parse(since),
      redact(cause),
      quiet === true ? 1 : 0,
    );
    for (const { receiver, address, message } of messages) {
      const text = message(change);
      if (text === undefined) continue;
      this.#options.deliveries.add({ changeId: Number(row?.["id"]), receiver, address, message: text });
    }
  }
}
