/**
 * A history as scripts see it: types only.
 *
 * @module
 */

import type { CheckState } from "../state/check_state.ts";

/** The rows of a check that were removed from a history. */
export interface ForgottenCheck {
  /** Name of the check. */
  readonly name: string;
  /** Number of runs. */
  readonly runs: number;
  /** Number of state changes. */
  readonly changes: number;
  /** Number of notices that were not delivered yet. */
  readonly unsent: number;
}

/** The states, runs and state changes of checks, kept in a SQLite file. */
export interface CheckHistory extends Disposable {
  /** Path of the file. */
  readonly path: string;
  /** Reads the state of a check; a check that never ran is `new`. */
  stateOf(name: string): CheckState;
  /**
   * Removes runs and state changes from before a time.
   *
   * @param at Milliseconds since 1970
   * @throws {HistoryError} If the file cannot be written
   */
  forgetBefore(at: number): void;
  /**
   * Removes checks with their runs, changes and notices. A watch that still runs such a check begins a new history of it.
   *
   * @param names Names of the checks
   * @returns A summary for each check
   * @throws {RangeError} If the history has no check with one of these names; nothing is removed then
   * @throws {HistoryError} If the file cannot be written
   */
  forget(names: readonly string[]): ForgottenCheck[];
}
