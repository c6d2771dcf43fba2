/**
 * Derives outages from state changes.
 *
 * @module
 */

import type { ChangeRow } from "./change_row.ts";
import type { RunLookup } from "./run_lookup.ts";

/** A period in which a check was down, milliseconds since 1970. */
export interface Down {
  readonly start: number;
  /** `undefined` if the history does not have its end. */
  readonly end: number | undefined;
  /** Start of the last run that saw the check down. */
  readonly lastSeen: number;
  readonly cause: string;
}

/**
 * Finds all outages of a history. An outage begins with the first run that failed, not with the run that confirmed it,
 * and ends with the first good run.
 *
 * @param changes All changes of a check in their order, also those that nobody was told of
 * @param now Time at which the report is made, milliseconds since 1970
 */
export function findOutages(
  changes: readonly ChangeRow[],
  runs: Pick<RunLookup, "first" | "lastOf" | "firstOf">,
  now: number,
): Down[] {
  const outages: Down[] = [];
  let begun: { readonly start: number; readonly cause: string; readonly told: number } | undefined;
  const end = (end: number | undefined): void => {
    if (begun === undefined) return;
    const { cause, told } = begun;
    const limit = end ?? now + 1;
    const start = begun.start < limit ? begun.start : beginBefore(limit, runs) ?? begun.start;
    const last = runs.lastOf(["down"], limit)?.at ?? told;
    outages.push({
      start,
      end: end === undefined ? undefined : Math.max(start, end),
      lastSeen: Math.max(start, end === undefined ? last : Math.min(last, end)),
      cause,
    });
    begun = undefined;
  };
  for (const change of changes) {
    if (change.to === "down" && change.from !== "down") {
      begun = { start: change.since, cause: causeOf(change, runs), told: change.at };
    } else if (change.from === "down" && change.to !== "down") {
      if (outages.length === 0) begun ??= firstDown(runs, change.since);
      end(change.since);
    }
  }
  end(undefined);
  return outages;
}

/** Finds the cause of the first run that was down; runs before it may have been degraded. */
function causeOf({ at, since, cause }: ChangeRow, runs: Pick<RunLookup, "firstOf">): string {
  const first = runs.firstOf("down", since - 1);
  return first !== undefined && first.at <= at ? first.cause ?? cause : cause;
}

/** Begins an outage whose beginning was removed from the history with the first run that is left. */
function firstDown(
  runs: Pick<RunLookup, "first">,
  end: number,
): { start: number; cause: string; told: number } | undefined {
  const run = runs.first();
  if (run?.verdict !== "down" || run.at >= end) return undefined;
  return { start: run.at, cause: run.cause ?? "", told: run.at };
}

/**
 * Finds the begin of an outage that seems to begin only after its end, or after now: the clock was set back meanwhile.
 *
 * @returns Start of the first run of the last failed ones; `undefined` if no run failed before the limit
 */
function beginBefore(limit: number, runs: Pick<RunLookup, "lastOf" | "firstOf">): number | undefined {
  const good = runs.lastOf(["up"], limit);
  const first = runs.firstOf("down", good?.at ?? -Infinity);
  return first !== undefined && first.at < limit ? first.at : undefined;
}

/** Joins outages that overlap, which happens if the clock was set back between them, in the order of time. */
export function joinOutages(
  outages: readonly Pick<Down, "start" | "end">[],
): { readonly start: number; readonly end: number }[] {
  const joined: { readonly start: number; end: number }[] = [];
  for (const { start, end = Infinity } of outages.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}
