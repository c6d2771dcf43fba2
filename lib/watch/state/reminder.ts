/**
 * Repeats the notice of a check that is still down.
 *
 * @module
 */

import type { CheckState, Reminders } from "./check_state.ts";
import { describeRun } from "./describe_run.ts";
import type { StateChange } from "./state_change.ts";
import { changeAside, elapsed, makeOutage, type Step, type StepContext } from "./step.ts";

/** Milliseconds by which a reminder may come early at most: cron is never exact, and starts have jitter. */
const EARLY = 30_000;

/** Makes a reminder if it is due. Only a run that is down makes one. */
export function advanceReminder({ state, changes }: Step, { run, task: { remind }, at }: StepContext): Step {
  if (state.condition !== "down") return { changes, state: { ...state, reminders: undefined } };
  if (changes.some(tellsOfDown)) {
    return { changes, state: { ...state, reminders: { since: at, last: at } } };
  }
  // The state of an older version knows only the start of the time.
  const reminders = state.reminders ?? { since: state.since, last: state.since };
  const isQuiet = run.verdict !== "down" || state.flapping !== undefined;
  if (remind === undefined || isQuiet || !isDue(reminders, remind, at)) {
    return { changes, state: { ...state, reminders } };
  }
  return {
    state: { ...state, reminders: { ...reminders, last: at } },
    changes: [...changes, reminderOf(state, { at, cause: describeRun(run) })],
  };
}

/** Tells if a change begins the time that reminders count. */
function tellsOfDown({ kind, to }: StateChange): boolean {
  return kind === "down" || kind === "steady" && to === "down";
}

/** Tells if a multiple of the time between reminders has passed since the last notice. */
function isDue({ since, last }: Reminders, remind: number, at: string): boolean {
  const early = Math.min(remind / 10, EARLY);
  const passed = (time: string): number => Math.floor((elapsed(since, time) + early) / remind);
  return passed(at) > passed(last);
}

function reminderOf(state: CheckState, { at, cause }: { at: string; cause: string }): StateChange {
  const { since, trouble } = state;
  return {
    ...changeAside("reminder", state, { at, cause }),
    outage: makeOutage({ since, cause: trouble?.cause ?? cause, unobserved: trouble?.unobserved }, at),
  };
}
