/**
 * Follows the time in which a check cannot be measured because of a local fault.
 *
 * @module
 */

import { chainStart } from "../../redirect_chain.ts";
import { formatDuration } from "../../text/duration.ts";
import type { TaskRun } from "../task_run.ts";
import { describeRun } from "./describe_run.ts";
import { changeAside, elapsed, type Step } from "./step.ts";

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
