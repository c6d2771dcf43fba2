/**
 * Follows the time in which a check cannot be measured because of a local fault, or in which nobody looks.
 *
 * @module
 */

import { chainStart } from "../../redirect_chain.ts";
import { formatDuration } from "../../text/duration.ts";
import type { TaskRun } from "../task_run.ts";
import { describeRun } from "./describe_run.ts";
import { changeAside, elapsed, type Step, type StepContext } from "./step.ts";

/** A distance is a gap if it is longer than this many usual ones. The report counts in the same way. */
const GAP = 2.5;

/** Notices the first run that could not be measured, and the first one afterwards that could. */
export function advanceMeasuring({ state, changes }: Step, run: TaskRun): Step {
  const { error } = run.result;
  const at = chainStart(run.result);
  // A run that the user ended says nothing.
  if (error?.kind === "aborted") return { state, changes };
  const { unmeasured: known, ...measured } = state;
  // A run that failed because of another check was measured.
  if (run.verdict === "unknown" && run.reason === undefined) {
    if (known !== undefined) return { state, changes };
    const cause = describeRun(run);
    return {
      state: { ...state, unmeasured: { since: at, cause } },
      changes: [...changes, changeAside("unmeasured", state, { at, cause })],
    };
  }
  if (known === undefined) return { state, changes };
  const cause = `it could not be measured for ${formatDuration(elapsed(known.since, at))}: ${known.cause}`;
  return { state: measured, changes: [...changes, changeAside("measured", measured, { at, cause })] };
}

/** Notes when the check was last seen, and adds a gap before this run to the time since the check was up. */
export function advanceObservation({ state, changes }: Step, context: StepContext): Step {
  const { at, task: { interval } } = context;
  const { seen, trouble, last } = state;
  if (seen === undefined) return { changes, state: { ...state, seen: { at } } };
  const distance = elapsed(seen.at, at);
  // Cron may start runs at longer distances than the interval.
  const usual = Math.max(interval, seen.distance ?? distance);
  const longest = GAP * usual;
  // One gap is no rhythm, but several distances of the same length are.
  const next = { ...state, seen: { at, distance: Math.min(distance, longest) } };
  if (trouble === undefined || last === "up" || distance <= longest) return { changes, state: next };
  const unobserved = (trouble.unobserved ?? 0) + distance - usual;
  return { changes, state: { ...next, trouble: { ...trouble, unobserved } } };
}
