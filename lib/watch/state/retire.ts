/**
 * Ends the alerts of a check that left its task file.
 *
 * @module
 */

import { withoutUndefined } from "../../without_undefined.ts";
import type { CheckState } from "./check_state.ts";
import { forget } from "./definition.ts";

/** Makes the state of a check that was removed. If it returns and is down, receivers are told again. */
export function retire(state: CheckState): CheckState {
  if (state.condition === "new") return state;
  return withoutUndefined({
    ...forget(state),
    flapping: undefined,
    told: state.condition === "up" ? undefined : "up" as const,
  });
}
