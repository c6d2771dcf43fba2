/**
 * Notices a changed definition, so that an edit of the task file does not look like an event of the site.
 *
 * @module
 */

import type { CheckState } from "./check_state.ts";
import type { JudgedTask, Step, StepContext } from "./step.ts";

/**
 * Runs for which a former definition stays in use. Two watches with different task files may share one history, and
 * then the definitions take turns.
 */
const LONGEST_TURN = 3;

/** Tells if a run of a check is the first one after an edit. If each run has a definition of its own, none is an edit. */
export function isEdited(state: CheckState, task: Pick<JudgedTask, "definition">): boolean {
  return isUnknown(state, task) && state.newDefinitions === undefined;
}

function isUnknown(
  { definition, formerDefinition }: CheckState,
  task: Pick<JudgedTask, "definition">,
): boolean {
  return definition !== undefined && definition !== task.definition &&
    formerDefinition?.digest !== task.definition;
}

/** Compares the definition of the run with that of the state; a new one makes the state learn anew. */
export function advanceDefinition({ state, changes }: Step, { task, edited }: StepContext): Step {
  const { definition } = task;
  if (state.definition === undefined) return { state: { ...state, definition }, changes };
  if (state.definition === definition) {
    return { state: countTurn({ ...state, newDefinitions: undefined }), changes };
  }
  const newDefinitions = isUnknown(state, task) ? (state.newDefinitions ?? 0) + 1 : undefined;
  const next = {
    ...state,
    definition,
    formerDefinition: { digest: state.definition, runs: 0 },
    newDefinitions,
    redefined: newDefinitions === undefined ? state.redefined : undefined,
  };
  return { state: edited ? forget(next) : next, changes };
}

function countTurn(state: CheckState): CheckState {
  const { formerDefinition: former } = state;
  if (former === undefined) return state;
  const runs = former.runs + 1;
  return { ...state, formerDefinition: runs >= LONGEST_TURN ? undefined : { ...former, runs } };
}

/** Forgets the facts of the former definition; the condition stays until runs confirm another one. */
export function forget(state: CheckState): CheckState {
  return {
    ...state,
    pending: undefined,
    tally: undefined,
    last: undefined,
    flips: undefined,
    turns: undefined,
    behaviour: undefined,
    otherBehaviour: undefined,
    redefined: state.condition === "new" ? undefined : true,
  };
}
