/**
 * Derives outages from state changes.
 *
 * @module
 */

import type { ChangeRow, TimeWindow } from "./change_row.ts";

/** A period in which a check was down, milliseconds since 1970. */
export interface Down {
  readonly start: number;
  /** `undefined` if the outage goes on. */
  readonly end: number | undefined;
  readonly cause: string;
}

/**
 * Finds the outages that reach into the window. An outage begins with the first run that failed, not with the run that
 * confirmed it, and ends with the first good run.
 *
 * @param changes All changes from the beginning of the history, in their order
 */
export function findOutages(changes: readonly ChangeRow[], window: TimeWindow): Down[] {
  const outages: Down[] = [];
  let begun: ChangeRow | undefined;
  for (const change of changes) {
    if (change.to === "down" && change.from !== "down") begun = change;
    else if (change.from === "down" && change.to !== "down" && begun !== undefined) {
      // If the clock was set back meanwhile, the outage still must not end before it begins.
      outages.push({ start: begun.since, end: Math.max(begun.since, change.since), cause: begun.cause });
      begun = undefined;
    }
  }
  if (begun !== undefined) outages.push({ start: begun.since, end: undefined, cause: begun.cause });
  return outages.filter(({ start, end }) => start < window.to && (end ?? Infinity) > window.from);
}
