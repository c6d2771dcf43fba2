/**
 * Reads the state of a check that a history holds.
 *
 * @module
 */

import { type CheckState, isCheckState } from "../state/check_state.ts";
import { impossibleValue, parseStored } from "./damage.ts";

/**
 * Reads a state from JSON.
 *
 * @throws {DamageError} If it is no JSON, or JSON of something else
 */
export function parseState(text: unknown): CheckState {
  const state = parseStored(text);
  if (isCheckState(state)) return state;
  throw impossibleValue("no state of a check");
}
