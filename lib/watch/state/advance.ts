/**
 * Advances the state of a check by one run.
 *
 * @module
 */

import { chainStart } from "../../redirect_chain.ts";
import { withoutUndefined } from "../../without_undefined.ts";
import type { TaskRun } from "../run_task.ts";
import { advanceBehaviour } from "./behaviour.ts";
import { advanceCertificates } from "./certificates.ts";
import type { CheckState } from "./check_state.ts";
import { advanceCondition } from "./condition.ts";
import { advanceDefinition, isEdited } from "./definition.ts";
import { advanceFlapping } from "./flapping.ts";
import { advanceMeasuring, advanceObservation } from "./measuring.ts";
import { advanceReminder } from "./reminder.ts";
import { withoutFuture } from "./set_back.ts";
import type { StateChange } from "./state_change.ts";
import type { JudgedTask, Step, StepContext, StepPart } from "./step.ts";

/** The parts of a step, in their order. */
const PARTS: readonly StepPart[] = [
  advanceDefinition,
  advanceObservation,
  advanceCondition,
  // It makes changes of the condition quiet.
  advanceFlapping,
  advanceReminder,
  advanceCertificates,
  advanceBehaviour,
];

/**
 * Advances a state by one run.
 *
 * @returns The state after the run, and its changes. A run in maintenance changes nothing, and one without a verdict
 * changes only what the check knows about faults of this machine
 */
export function advanceState(
  state: CheckState,
  run: TaskRun,
  task: JudgedTask,
): { readonly state: CheckState; readonly changes: readonly StateChange[] } {
  const { verdict } = run;
  if (run.excluded !== undefined) return { state, changes: [] };
  const at = chainStart(run.result);
  const before = withoutFuture(state, at);
  const measured = advanceMeasuring({ state: before, changes: [] }, run);
  if (verdict === "unknown") return measured;
  const edited = isEdited(before, task);
  const context: StepContext = {
    run: { ...run, verdict },
    task,
    before,
    edited,
    at,
  };
  const step = PARTS.reduce((step: Step, advance) => advance(step, context), measured);
  return { state: withoutUndefined(step.state), changes: step.changes };
}
