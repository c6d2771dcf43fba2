/**
 * Counts the runs that count towards another condition.
 *
 * @module
 */

import type { Thresholds } from "../tasks/task.ts";
import type {
  CheckState,
  Condition,
  KnownCondition,
  PendingCondition,
  RunTally,
  Streak,
} from "./check_state.ts";

/** Counts one more run. */
export function countRun(
  tally: RunTally,
  run: { readonly verdict: KnownCondition; readonly at: string },
  { failures }: Thresholds,
): RunTally {
  const { verdict, at } = run;
  const { notUp, down, notDown, up, calm = 0 } = tally;
  switch (verdict) {
    case "up":
      return { notDown: oneMore(notDown, at), up: oneMore(up, at) };
    case "down":
      return { notUp: oneMore(notUp, at), down: oneMore(down, at) };
    case "degraded": {
      const both = { notUp: oneMore(notUp, at), notDown: oneMore(notDown, at) };
      // Enough degraded runs in a row confirm `degraded`, so the down runs before them no longer count.
      return down === undefined || calm + 1 >= failures ? both : { ...both, down, calm: calm + 1 };
    }
  }
}

function oneMore(streak: Streak | undefined, at: string): Streak {
  return { runs: (streak?.runs ?? 0) + 1, since: streak?.since ?? at };
}

/**
 * Decides if a check leaves its condition. Every run that is not up counts towards leaving `up`, and every run that is
 * not down towards leaving `down`.
 *
 * @returns The new condition with the start of its first run; `undefined` if the condition stays
 */
export function nextCondition(
  condition: Condition,
  { notUp, down, notDown, up }: RunTally,
  { failures, successes }: Thresholds,
): { readonly condition: KnownCondition; readonly since: string } | undefined {
  if (condition !== "down" && reaches(down, failures)) return { condition: "down", since: down.since };
  switch (condition) {
    case "new":
      if (up !== undefined) return { condition: "up", since: up.since };
      return reaches(notUp, failures) ? { condition: "degraded", since: notUp.since } : undefined;
    case "up":
      return reaches(notUp, failures) ? { condition: "degraded", since: notUp.since } : undefined;
    case "degraded":
      return reaches(up, successes) ? { condition: "up", since: up.since } : undefined;
    case "down":
      if (reaches(up, successes)) return { condition: "up", since: up.since };
      return reaches(notDown, successes) ? { condition: "degraded", since: notDown.since } : undefined;
  }
}

function reaches(streak: Streak | undefined, runs: number): streak is Streak {
  return streak !== undefined && streak.runs >= runs;
}

/**
 * Drops the streaks that cannot change a condition any more.
 *
 * @returns `undefined` if none is left
 */
export function keepUseful(condition: Condition, tally: RunTally): RunTally | undefined {
  const { notUp, down, calm, notDown, up } = tally;
  switch (condition) {
    case "new":
    case "up":
      return notUp === undefined ? undefined : { notUp, down, calm };
    case "degraded":
      return down === undefined && up === undefined ? undefined : { down, calm, up };
    case "down":
      return notDown === undefined ? undefined : { notDown, up };
  }
}

/** Tells if the last runs were worse than the condition of a check, but too few to change it. */
export function isFailing({ condition, pending }: CheckState): boolean {
  if (pending === undefined || pending.condition === "up") return false;
  return condition !== "down" && pending.condition !== condition;
}

/** Describes the condition that the last run showed, if it is another one than that of the check. */
export function pendingCondition(
  condition: Condition,
  verdict: KnownCondition,
  tally: RunTally,
  { failures, successes }: Thresholds,
): PendingCondition | undefined {
  if (verdict === condition) return undefined;
  const better = condition === "down" || verdict === "up";
  const streak = verdict === "up"
    ? tally.up
    : condition === "down"
    ? tally.notDown
    : condition === "degraded"
    ? tally.down
    : tally.notUp;
  return streak && { condition: verdict, ...streak, needed: better ? successes : failures };
}

/** Makes the tally of a state of an older version, which has only the pending condition. */
export function tallyOf({ condition, runs, since }: PendingCondition): RunTally {
  const streak = { runs, since };
  switch (condition) {
    case "up":
      return { notDown: streak, up: streak };
    case "degraded":
      return { notUp: streak, notDown: streak };
    case "down":
      return { notUp: streak, down: streak };
  }
}
