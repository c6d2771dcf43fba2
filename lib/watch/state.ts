/**
 * Derives the state of a check from its runs: when it counts as down, and which changes are noticed.
 *
 * @module
 */

import { describeBrokenCheck } from "../report/describe_check.ts";
import { type Behaviour, behaviourOf, compareBehaviour } from "./behaviour.ts";
import type { TaskRun } from "./run_task.ts";
import type { Thresholds } from "./tasks/task.ts";

/** The condition of a check; it changes once enough runs in a row have the same verdict. */
export type Condition = "new" | "up" | "degraded" | "down";

/** A condition that some runs in a row showed, but not enough yet. */
export interface PendingCondition {
  /** The condition that the check gets if further runs confirm it. */
  readonly condition: Exclude<Condition, "new">;
  /** Runs in a row so far. */
  readonly runs: number;
  /** Start of the first of these runs, ISO 8601. */
  readonly since: string;
}

/** Everything that the next run of a check has to know; plain data. */
export interface CheckState {
  /** Condition of the check. */
  readonly condition: Condition;
  /** Start of the first run with this condition, ISO 8601. */
  readonly since: string;
  /** The condition that the last runs showed, if it differs. */
  readonly pending?: PendingCondition;
  /** True if the certificate expires soon. */
  readonly certificateSoon: boolean;
  /** Behaviour of the server, so that a change is noticed. */
  readonly behaviour?: Behaviour;
  /** Another behaviour that was seen once. */
  readonly otherBehaviour?: Behaviour;
}

/** The kind of a state change. */
export type ChangeKind =
  | "up"
  | "down"
  | "degraded"
  | "certificate-soon"
  | "certificate-renewed"
  | "behaviour";

/** A change of the state of a check. */
export interface StateChange {
  /** Kind of the change. */
  readonly kind: ChangeKind;
  /** Start of the run that made it certain, ISO 8601. */
  readonly at: string;
  /** Condition before. */
  readonly from: Condition;
  /** Condition now; the same as before if something else changed. */
  readonly to: Condition;
  /** Start of the first run with the new condition, ISO 8601. */
  readonly since: string;
  /** The cause in words. */
  readonly cause: string;
}

/** Makes the state of a check that never ran. */
export function newState(at: string): CheckState {
  return { condition: "new", since: at, certificateSoon: false };
}

/**
 * Advances a state by one run.
 *
 * @returns The state after the run, and its changes. A run with a local fault changes nothing
 */
export function advanceState(
  state: CheckState,
  run: TaskRun,
  thresholds: Thresholds,
): { state: CheckState; changes: StateChange[] } {
  if (run.verdict === "unknown") return { state, changes: [] };
  const changes: StateChange[] = [];
  let next = advanceCondition(state, run, thresholds, changes);
  next = advanceCertificate(next, run, thresholds, changes);
  if (run.verdict !== "down") next = advanceBehaviour(next, run, changes);
  return { state: next, changes };
}

function advanceCondition(
  state: CheckState,
  run: TaskRun,
  { failures, successes }: Thresholds,
  changes: StateChange[],
): CheckState {
  const to = run.verdict as PendingCondition["condition"];
  const at = run.result.startedAt;
  const { pending, ...rest } = state;
  if (to === state.condition) return rest;
  const now = pending?.condition === to
    ? { ...pending, runs: pending.runs + 1 }
    : { condition: to, runs: 1, since: at };
  const better = to === "up" || state.condition === "down";
  const needed = state.condition === "new" && to === "up" ? 1 : better ? successes : failures;
  if (now.runs < needed) return { ...rest, pending: now };
  // A new check that is up deserves no notice.
  if (state.condition !== "new" || to !== "up") {
    changes.push({ kind: to, at, from: state.condition, to, since: now.since, cause: describeRun(run) });
  }
  return { ...rest, condition: to, since: now.since };
}

function advanceCertificate(
  state: CheckState,
  { result }: TaskRun,
  { certificateDays }: Thresholds,
  changes: StateChange[],
): CheckState {
  const { daysLeft, notAfter } = result.tls?.certificate ?? {};
  if (daysLeft === undefined) return state;
  const certificateSoon = daysLeft < certificateDays;
  if (certificateSoon === state.certificateSoon) return state;
  const kind = certificateSoon ? "certificate-soon" : "certificate-renewed";
  const cause = `the certificate expires in ${daysLeft} days, on ${notAfter}`;
  changes.push(aside(kind, state, result.startedAt, cause));
  return { ...state, certificateSoon };
}

/** Takes over a new behaviour once it was seen twice in a row: servers behind a balancer may differ. */
function advanceBehaviour(state: CheckState, { result }: TaskRun, changes: StateChange[]): CheckState {
  const seen = behaviourOf(result);
  if (seen === undefined) return state;
  const { otherBehaviour, ...rest } = state;
  if (state.behaviour === undefined) return { ...rest, behaviour: seen };
  const differences = compareBehaviour(state.behaviour, seen);
  if (differences.length === 0) return rest;
  if (otherBehaviour === undefined || compareBehaviour(otherBehaviour, seen).length > 0) {
    return { ...rest, otherBehaviour: seen };
  }
  changes.push(aside("behaviour", state, result.startedAt, differences.join("; ")));
  return { ...rest, behaviour: seen };
}

/** Makes a change that leaves the condition as it is. */
function aside(kind: ChangeKind, { condition, since }: CheckState, at: string, cause: string): StateChange {
  return { kind, at, from: condition, to: condition, since, cause };
}

/** Describes why a run has its verdict. */
export function describeRun({ result, warnings }: TaskRun): string {
  const { error, status, checks } = result;
  if (error !== undefined) return `${error.kind} in ${error.phase}: ${error.message}`;
  const broken = [...checks, ...warnings].filter(({ ok }) => !ok).map(describeBrokenCheck);
  return broken.length === 0 ? `status ${status}, everything holds` : broken.join(", ");
}
