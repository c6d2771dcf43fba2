/**
 * From changes to outages.
 *
 * @module
 */

import type { ChangeRow, TimeWindow } from "./change_row.ts";

/** A time in which a check was down, milliseconds since 1970. */
export interface Down {
  readonly start: number;
  /** `undefined` while it goes on. */
  readonly end: number | undefined;
  readonly cause: string;
}

/**
 * The outages that reach into the window. An outage begins with the first run that failed, not with the one that made it
 * certain, and ends with the first good one.
 *
 * @param changes In the order in which they happened, from the beginning of the history.
 */
export function findOutages(changes: readonly ChangeRow[], window: TimeWindow): Down[] {
  const outages: Down[] = [];
  let begun: ChangeRow | undefined;
  for (const change of changes) {
    if (change.to === "down" && change.from !== "down") begun = change;
    else if (change.from === "down" && change.to !== "down" && begun !== undefined) {
      // A clock that was set back meanwhile must not make it end before it begins.
      outages.push({ start: begun.since, end: Math.max(begun.since, change.since), cause: begun.cause });
      begun = undefined;
    }
  }
  if (begun !== undefined) outages.push({ start: begun.since, end: undefined, cause: begun.cause });
  return outages.filter(({ start, end }) => start < window.to && (end ?? Infinity) > window.from);
}
