/**
 * State changes and windows of time in a history: types only.
 *
 * @module
 */

import type { Condition } from "../state/check_state.ts";
import type { ChangeKind } from "../state/state_change.ts";

/** A row of the table of changes; times in milliseconds since 1970. */
export interface ChangeRow {
  readonly at: number;
  readonly kind: ChangeKind;
  readonly from: Condition;
  readonly to: Condition;
  readonly since: number;
  readonly cause: string;
}

/** A window of time, milliseconds since 1970. */
export interface TimeWindow {
  /** Beginning of the window. */
  readonly from: number;
  /** End of the window, which is not part of it. */
  readonly to: number;
}
