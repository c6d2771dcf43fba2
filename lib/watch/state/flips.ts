/**
 * Counts the changes of a check between verdicts.
 *
 * @module
 */

import type { Thresholds } from "../tasks/task.ts";
import type { CheckState, Flapping, KnownCondition, VerdictFlip } from "./check_state.ts";
import type { StepContext } from "./step.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Runs for each change of the verdict: more changes than this allows are flapping, even if no condition changes. */
const RUNS_PER_FLIP = 2;

/** Milliseconds for such changes: a check that runs once a day must not wait for days until it counts as steady. */
const LONGEST_WINDOW = 6 * HOUR;

/** A check is steady once it keeps its verdict for this many times as many runs as it did while it was flapping. */
const STEADY_FACTOR = 2;

/** A check that keeps its verdict for this long is steady in any case; nobody may wait for long to learn of an outage. */
const LONG_ENOUGH = {
  up: { ms: HOUR, runs: 12 },
  degraded: { ms: 15 * MINUTE, runs: 6 },
  down: { ms: 15 * MINUTE, runs: 6 },
} as const satisfies Record<KnownCondition, { ms: number; runs: number }>;

/** Fewest runs in a row after which a check that is not up is steady. */
const FEWEST_STEADY = 3;

/** Adds the run to the last changes of the verdict, and forgets those that are too old. */
export function countFlip(state: CheckState, { run: { verdict }, task, at }: StepContext): VerdictFlip[] {
  const now = Date.parse(at);
  const most = RUNS_PER_FLIP * task.thresholds.flapping;
  const flips = (state.flips ?? []).map((flip) => ({ ...flip, runs: flip.runs + 1 }));
  if (state.last !== undefined && state.last !== verdict) flips.push({ at: now, runs: 0, to: verdict });
  return flips.slice(-2 * most).filter((flip, index, { length }) =>
    flip.runs < most || isWithin(HOUR, flip.at, now) || index === length - 1
  );
}

/** Adds the run to the times at which the condition changed, and forgets those before the last hour. */
export function countTurn(state: CheckState, turned: boolean, { task, at }: StepContext): number[] {
  const now = Date.parse(at);
  const turns = [...state.turns ?? [], ...(turned ? [now] : [])].filter((turn) => isWithin(HOUR, turn, now));
  return turns.slice(-task.thresholds.flapping);
}

/**
 * Tells if a check is flapping: its condition changed often within an hour, or its verdict within a few runs.
 *
 * @returns The time of the first of the changes, milliseconds since 1970; `undefined` if it is not flapping
 */
export function flappingSince(
  flips: readonly VerdictFlip[],
  turns: readonly number[],
  { flapping, at }: { readonly flapping: number; readonly at: string },
): number | undefined {
  const turn = turns.at(-flapping);
  if (turn !== undefined) return turn;
  const flip = flips.at(-flapping);
  if (flip === undefined || flip.runs >= RUNS_PER_FLIP * flapping) return undefined;
  return isWithin(LONGEST_WINDOW, flip.at, Date.parse(at)) ? flip.at : undefined;
}

/** Tells if a time is near another one; a clock that was set back makes it a later one. */
function isWithin(ms: number, time: number, now: number): boolean {
  return Math.abs(now - time) <= ms;
}

/** Finds the most runs in a row with each verdict. */
export function longestRuns(
  flips: readonly VerdictFlip[],
  known: Flapping["longest"] = {},
): Flapping["longest"] {
  const longest: Partial<Record<KnownCondition, number>> = { ...known };
  for (const [index, { to, runs }] of flips.entries()) {
    const next = flips[index + 1];
    if (next !== undefined) longest[to] = Math.max(longest[to] ?? 0, runs - next.runs);
  }
  return longest;
}

/** Tells if a flapping check has kept its verdict for long enough. */
export function isSteady(
  { to, runs, at: begun }: VerdictFlip,
  { longest }: Flapping,
  { failures, successes, flapping, at }: Thresholds & { readonly at: string },
): boolean {
  const kept = runs + 1;
  const fewest = to === "up" ? Math.max(successes, flapping) : Math.max(failures, successes, FEWEST_STEADY);
  if (kept < fewest) return false;
  const { ms, runs: many } = LONG_ENOUGH[to];
  return kept >= STEADY_FACTOR * (longest[to] ?? 0) || kept >= many && Date.parse(at) - begun >= ms;
}
