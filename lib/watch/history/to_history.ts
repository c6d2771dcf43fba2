/**
 * Accepts the history of a script.
 *
 * @module
 */

import type { CheckHistory } from "./check_history.ts";
import { History } from "./history.ts";

/**
 * Returns a history with its full type, which only the library uses.
 *
 * @throws {TypeError} If the history is not one of `openHistory()`
 */
export function toHistory(history: CheckHistory): History {
  if (history instanceof History) return history;
  throw new TypeError("Cannot use the history: open it with openHistory()");
}
