/**
 * Keeps states, runs and changes of checks in a SQLite file.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type CheckState, newState } from "../state/check_state.ts";
import type { CheckSource } from "../tasks/task.ts";
import type { CheckHistory, ForgottenCheck } from "./check_history.ts";
import { CheckRegister, type RemovedCheck } from "./check_register.ts";
import { describeFault } from "./damage.ts";
import { DeliveryQueue } from "./delivery_queue.ts";
import { HISTORY_STATEMENTS } from "./history_statements.ts";
import { HistoryError } from "./history_error.ts";
import { openForWriting } from "./open_database.ts";
import { removeBefore } from "./prune.ts";
import { type Amendment, type RunRecord, RunWriter } from "./run_writer.ts";
import { shrinkFile } from "./shrink.ts";
import { parseState } from "./stored_state.ts";
import { inTransaction } from "./transaction.ts";

/** Path of a history without a file. */
export const MEMORY = ":memory:";

/** A history that is open for writing. One transaction holds a run, its changes and their notices. */
export class History implements CheckHistory {
  /** Path of the file, or `:memory:`. */
  readonly path: string;
  readonly deliveries: DeliveryQueue;
  readonly #register: CheckRegister;
  readonly #database: DatabaseSync;
  readonly #writer: RunWriter;
  readonly #state: StatementSync;

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
    this.#database = openForWriting(path, { create });
    this.deliveries = new DeliveryQueue(this.#database);
    this.#register = new CheckRegister(this.#database);
    this.#state = this.#database.prepare(HISTORY_STATEMENTS.state);
    this.#writer = new RunWriter(this.#database, {
      runs,
      deliveries: this.deliveries,
      sourceOf: (name) => this.#register.sourceOf(name),
    });
  }

  /** Tells if the history has no file. */
  get inMemory(): boolean {
    return this.path === MEMORY;
  }

  /** Reads the state of a check; a check that never ran is `new`. */
  stateOf(name: string): CheckState {
    const row = this.#state.get(name);
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
    this.atomically(() => this.#writer.write(record));
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
   * Records the checks of a task file, and marks those that left it as removed.
   *
   * @param onRemoved Called with each check that was removed, within the transaction
   * @throws {HistoryError} If the file cannot be written
   */
  setSource(source: CheckSource, onRemoved?: (check: RemovedCheck) => void): void {
    this.#attempt("note the checks in the history", () => this.#register.setSource(source, onRemoved));
  }

  /** Gives a check another state without a run, and writes changes with their notices. */
  amend(name: string, amendment: Amendment): void {
    this.atomically(() => this.#writer.amend(name, amendment));
  }

  /** Removes checks with their runs, changes and notices. */
  forget(names: readonly string[]): ForgottenCheck[] {
    return this.#attempt("forget checks in the history", () => this.#register.forget(names));
  }

  /** Runs an action on the file, and names the action in its error. */
  #attempt<T>(what: string, action: () => T): T {
    try {
      return action();
    } catch (error) {
      // The caller named a check that does not exist.
      if (error instanceof RangeError) throw error;
      throw new HistoryError(`Cannot ${what}: ${describeFault(error)}`, { cause: error });
    }
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#database.close();
  }
}
