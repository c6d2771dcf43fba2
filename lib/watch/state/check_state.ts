/**
 * The state of a check, which the next run has to know.
 *
 * @module
 */

import type { Behaviour } from "./behaviour.ts";

/** The condition of a check; it changes once enough runs in a row have the same verdict. */
export type Condition = "new" | "up" | "degraded" | "down";

/** A condition that some runs in a row showed, but not enough yet. */
export interface PendingCondition {
  /** The condition that the check gets if further runs confirm it. */
  readonly condition: Exclude<Condition, "new">;
  /** Runs in a row so far. */
  readonly runs: number;
  /** Start of the first of these runs, ISO 8601. */
  readonly since: string;
}

/** Everything that the next run of a check has to know; plain data. */
export interface CheckState {
  /** Condition of the check. */
  readonly condition: Condition;
  /** Start of the first run with this condition, ISO 8601. */
  readonly since: string;
  /** The condition that the last runs showed, if it differs. */
  readonly pending?: PendingCondition;
  /** True if the certificate expires soon. */
  readonly certificateSoon: boolean;
  /** Behaviour of the server, so that a change is noticed. */
  readonly behaviour?: Behaviour;
  /** Another behaviour that was seen once. */
  readonly otherBehaviour?: Behaviour;
}

/** Makes the state of a check that never ran. */
export function newState(at: string): CheckState {
  return { condition: "new", since: at, certificateSoon: false };
}
