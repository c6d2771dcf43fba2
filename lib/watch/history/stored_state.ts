/**
 * Reads the state of a check that a history holds.
 *
 * @module
 */

import type { CheckState, Condition } from "../state/check_state.ts";
import { impossibleValue, parseStored } from "./damage.ts";

const CONDITIONS: readonly unknown[] = ["new", "up", "degraded", "down"] satisfies Condition[];

/**
 * Reads a state from JSON.
 *
 * @throws {DamageError} If it is no JSON, or JSON of something else
 */
export function parseState(text: unknown): CheckState {
  const state = parseStored(text) as Partial<CheckState> | null;
  if (CONDITIONS.includes(state?.condition) && !Number.isNaN(Date.parse(String(state?.since)))) {
    return state as CheckState;
  }
  throw impossibleValue("no state of a check");
}
