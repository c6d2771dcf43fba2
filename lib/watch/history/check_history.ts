/**
 * A history as scripts see it: types only.
 *
 * @module
 */

import type { CheckState } from "../state/check_state.ts";

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
}
