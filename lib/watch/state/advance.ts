/**
 * Derives the state of a check from its runs: when it counts as down, and which changes are noticed.
 *
 * @module
 */

import type { TaskRun } from "../run_task.ts";
import type { Task, Thresholds } from "../tasks/task.ts";
import { behaviourOf, compareBehaviour } from "./behaviour.ts";
import type { CheckState, PendingCondition } from "./check_state.ts";
import { describeRun } from "./describe_run.ts";
import type { ChangeKind, StateChange } from "./state_change.ts";

/** The part of a check that decides about its state. */
export type JudgedTask = Pick<Task, "thresholds" | "definition">;

/**
 * Advances a state by one run.
 *
 * @returns The state after the run, and its changes. A run with a local fault or in maintenance changes nothing
 */
export function advanceState(
  state: CheckState,
  run: TaskRun,
  { thresholds }: JudgedTask,
): { state: CheckState; changes: StateChange[] } {
  if (run.verdict === "unknown" || run.excluded !== undefined) return { state, changes: [] };
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
  const threshold = certificateDays.findLast((days) => daysLeft < days);
  const certificateSoon = threshold !== undefined;
  if (certificateSoon === state.certificateSoon) return state;
  const kind = certificateSoon ? "certificate-soon" : "certificate-renewed";
  const cause = `the certificate expires in ${daysLeft} days, on ${notAfter}`;
  const { subject, fingerprint256: sha256 } = result.tls!.certificate!;
  const certificate = { subject, notAfter: notAfter!, daysLeft, sha256, threshold };
  changes.push({ ...aside(kind, state, result.startedAt, cause), certificate });
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
