/**
 * The parts of which the step from one state to the next consists: types and small functions.
 *
 * @module
 */

import { withoutUndefined } from "../../without_undefined.ts";
import type { TaskRun } from "../run_task.ts";
import type { Task } from "../tasks/task.ts";
import type { CheckState, KnownCondition, Trouble } from "./check_state.ts";
import type { ChangeKind, ChangeOutage, StateChange } from "./state_change.ts";

/** The part of a check that decides about its state. */
export type JudgedTask = Pick<Task, "thresholds" | "definition" | "remind" | "interval">;

/** A state on its way through the parts, and its changes so far. */
export interface Step {
  readonly state: CheckState;
  readonly changes: readonly StateChange[];
}

/** Everything that the parts know about a run. */
export interface StepContext {
  readonly run: TaskRun & { readonly verdict: KnownCondition };
  readonly task: JudgedTask;
  /** State before the run. */
  readonly before: CheckState;
  /** True if the run is the first one with a new definition of the check. */
  readonly edited: boolean;
  /** Start of the run, ISO 8601. */
  readonly at: string;
}

/** A part of the step: it adds what it knows to the state and to the changes. */
export type StepPart = (step: Step, context: StepContext) => Step;

/** Makes a change that leaves the condition as it is. */
export function changeAside(
  kind: ChangeKind,
  { condition, since }: CheckState,
  { at, cause }: { readonly at: string; readonly cause: string },
): StateChange {
  return { kind, at, from: condition, to: condition, since, cause };
}

/** Computes the milliseconds from one time to another; 0 if the clock was set back meanwhile. */
export function elapsed(since: string, at: string): number {
  return Math.max(0, Date.parse(at) - Date.parse(since));
}

/** Describes the time in which a check was not up, until the start of a run, ISO 8601. */
export function makeOutage(
  { since: start, cause, mixed, unobserved }: Trouble,
  until: string,
): ChangeOutage {
  return withoutUndefined<ChangeOutage>({ start, ms: elapsed(start, until), cause, mixed, unobserved });
}
