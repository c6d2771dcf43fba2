/**
 * Writes states, runs and changes of checks into a SQLite file.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { chainStart, chainTimings, earliestCertificate } from "../../redirect_chain.ts";
import type { TaskRun } from "../run_task.ts";
import { type CheckState, newState } from "../state/check_state.ts";
import { describeRun } from "../state/describe_run.ts";
import type { StateChange } from "../state/state_change.ts";
import type { CheckSource, Task } from "../tasks/task.ts";
import type { CheckHistory, ForgottenCheck } from "./check_history.ts";
import { CheckRegister, type RemovedCheck } from "./check_register.ts";
import { describeFault } from "./damage.ts";
import { DeliveryQueue } from "./delivery_queue.ts";
import { HISTORY_STATEMENTS } from "./history_statements.ts";
import { HistoryError } from "./history_error.ts";
import { openForWriting } from "./open_database.ts";
import { removeBefore } from "./prune.ts";
import { shrinkFile } from "./shrink.ts";
import { parseState } from "./stored_state.ts";
import { inTransaction } from "./transaction.ts";

/** Path of a history without a file. */
export const MEMORY = ":memory:";

/** The data of one run to record. */
export interface RunRecord {
  readonly task: Pick<Task, "name" | "url" | "tags" | "interval">;
  readonly run: TaskRun;
  readonly state: CheckState;
  readonly changes: readonly StateChange[];
  /** Starts that were missed before this run. */
  readonly skipped: number;
  /**
   * For each receiver its digest, that of its address, and a function that makes the notice of a change without secrets; `undefined` if the
   * receiver does not want it.
   */
  readonly messages: readonly {
    readonly receiver: string;
    readonly address: string;
    readonly message: (change: StateChange) => string | undefined;
  }[];
  /** Replaces secrets in a text by `***`. */
  readonly redact: (text: string) => string;
}

/** A history that is open for writing. One transaction holds a run, its changes and their notices. */
export class History implements CheckHistory {
  /** Path of the file, or `:memory:`. */
  readonly path: string;
  readonly deliveries: DeliveryQueue;
  readonly #register: CheckRegister;
  readonly #database: DatabaseSync;
  readonly #runs: boolean;
  readonly #statements: Readonly<Record<keyof typeof HISTORY_STATEMENTS, StatementSync>>;

  /**
   * Opens a history.
   *
   * @param path Path of a file, or `:memory:`
   * @param options `runs: false` keeps only states, changes and notices: nobody can read the runs of a history in memory.
   * `create: false` refuses a path without a file
   * @throws {HistoryError} If the file cannot be opened, or was written by a later version
   */
  constructor(
    path: string,
    { runs = true, create = true }: { readonly runs?: boolean; readonly create?: boolean } = {},
  ) {
    this.path = path;
    this.#runs = runs;
    this.#database = openForWriting(path, { create });
    this.deliveries = new DeliveryQueue(this.#database);
    this.#register = new CheckRegister(this.#database);
    this.#statements = {
      state: this.#database.prepare(HISTORY_STATEMENTS.state),
      amend: this.#database.prepare(HISTORY_STATEMENTS.amend),
      check: this.#database.prepare(HISTORY_STATEMENTS.check),
      run: this.#database.prepare(HISTORY_STATEMENTS.run),
      change: this.#database.prepare(HISTORY_STATEMENTS.change),
    };
  }

  /** Tells if the history has no file. */
  get inMemory(): boolean {
    return this.path === MEMORY;
  }

  /** Reads the state of a check; a check that never ran is `new`. */
  stateOf(name: string): CheckState {
    const row = this.#statements.state.get(name);
    return row === undefined ? newState(new Date().toISOString()) : parseState(row["state"]);
  }

  /**
   * Does some work in one transaction: another process sees all of it or nothing, and changes nothing meanwhile.
   *
   * @throws {HistoryError} If the file cannot be written; then it stays as it was
   */
  atomically<T>(action: () => T): T {
    // This call is part of a larger transaction.
    if (this.#database.isTransaction) return action();
    try {
      return inTransaction(this.#database, action);
    } catch (error) {
      throw new HistoryError(`Cannot write the history: ${describeFault(error)}`, { cause: error });
    }
  }

  /** Writes one run in one transaction. */
  record(record: RunRecord): void {
    this.atomically(() => {
      const id = this.#writeCheck(record);
      if (this.#runs) this.#writeRun(id, record);
      for (const change of record.changes) this.#writeChange(id, change, record);
    });
  }

  /**
   * Removes runs, and changes with their notices, from before a time.
   *
   * @throws {HistoryError} If the file cannot be written
   */
  forgetBefore(at: number): void {
    this.#attempt("remove old runs from the history", () => {
      removeBefore(this.#database, at);
      shrinkFile(this.#database);
    });
  }

  /**
   * Notes which checks a task file has, and marks those that it has no longer as removed.
   *
   * @param onRemoved Called with each check that was removed, within the transaction
   * @throws {HistoryError} If the file cannot be written
   */
  setSource(source: CheckSource, onRemoved?: (check: RemovedCheck) => void): void {
    this.#attempt("note the checks in the history", () => this.#register.setSource(source, onRemoved));
  }

  /** Gives a check another state without a run, and writes changes with their notices. */
  amend(name: string, record: Pick<RunRecord, "state" | "changes" | "messages" | "redact">): void {
    this.atomically(() => {
      const row = this.#statements.amend.get(JSON.stringify(record.state), name);
      for (const change of record.changes) this.#writeChange(Number(row?.["id"]), change, record);
    });
  }

  /** Removes checks with their runs, changes and notices. */
  forget(names: readonly string[]): ForgottenCheck[] {
    return this.#attempt("forget checks in the history", () => this.#register.forget(names));
  }

  /** Does something with the file; an error says what could not be done. */
  #attempt<T>(what: string, action: () => T): T {
    try {
      return action();
    } catch (error) {
      // The caller named a check that does not exist.
      if (error instanceof RangeError) throw error;
      throw new HistoryError(`Cannot ${what}: ${describeFault(error)}`, { cause: error });
    }
  }

  #writeCheck({ task, state, redact }: RunRecord): number {
    const row = this.#statements.check.get(
      task.name,
      redact(task.url),
      JSON.stringify(task.tags),
      task.interval,
      JSON.stringify(state),
      this.#register.sourceOf(task.name),
    );
    const id = Number(row?.["id"]);
    return id;
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

  #writeChange(
    id: number,
    change: StateChange,
    { messages, redact }: Pick<RunRecord, "messages" | "redact">,
  ): void {
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
      this.deliveries.add({ changeId: Number(row?.["id"]), receiver, address, message: text });
    }
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#database.close();
  }
}
