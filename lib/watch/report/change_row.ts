/**
 * Changes and windows of time, as the history has them: types only.
 *
 * @module
 */

import type { ChangeKind, Condition } from "../state.ts";

/** A change as the history has it; times in milliseconds since 1970. */
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
  readonly from: number;
  readonly to: number;
}
