/**
 * From runs to states: when a check counts as down, and what is worth telling.
 *
 * @module
 */

import { describeBrokenCheck } from "../report/describe_check.ts";
import { type Behaviour, behaviourOf, compareBehaviour } from "./behaviour.ts";
import type { TaskRun } from "./run_task.ts";
import type { Thresholds } from "./tasks/task.ts";

/** What a check is, once enough runs said so. */
export type Condition = "new" | "up" | "degraded" | "down";

/** Runs in a row that say something else than the condition. */
interface Pending {
  readonly condition: Exclude<Condition, "new">;
  readonly runs: number;
  readonly since: string;
}

/** Everything that is remembered of a check between two runs; plain data. */
export interface CheckState {
  readonly condition: Condition;
  /** Since when, ISO 8601: the start of the first run that said so. */
  readonly since: string;
  readonly pending?: Pending;
  readonly certificateSoon: boolean;
  readonly behaviour?: Behaviour;
  /** A behaviour that was seen once. */
  readonly otherBehaviour?: Behaviour;
}

/** What changed. */
export type ChangeKind =
  | "up"
  | "down"
  | "degraded"
  | "certificate-soon"
  | "certificate-renewed"
  | "behaviour";

/** Something that changed, worth telling. */
export interface StateChange {
  readonly kind: ChangeKind;
  /** Start of the run that made it certain, ISO 8601. */
  readonly at: string;
  readonly from: Condition;
  readonly to: Condition;
  /** Since when the new condition holds: the start of the first run that said so. */
  readonly since: string;
  /** In words. */
  readonly cause: string;
}

/** The state of a check that never ran. */
export function newState(at: string): CheckState {
  return { condition: "new", since: at, certificateSoon: false };
}

/**
 * Takes a run in.
 *
 * @returns The state after it, and what changed by it. A run with a local fault changes nothing.
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
  const to = run.verdict as Pending["condition"];
  const at = run.result.startedAt;
  const { pending, ...rest } = state;
  if (to === state.condition) return rest;
  const now = pending?.condition === to
    ? { ...pending, runs: pending.runs + 1 }
    : { condition: to, runs: 1, since: at };
  const better = to === "up" || state.condition === "down";
  const needed = state.condition === "new" && to === "up" ? 1 : better ? successes : failures;
  if (now.runs < needed) return { ...rest, pending: now };
  // That a new check is up is what was hoped for, and no news.
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
  const cause = `the certificate ends in ${daysLeft} days, on ${notAfter}`;
  changes.push(aside(kind, state, result.startedAt, cause));
  return { ...state, certificateSoon };
}

/** A new behaviour counts once it was seen twice: servers behind a balancer may differ. */
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

/** A change beside the condition. */
function aside(kind: ChangeKind, { condition, since }: CheckState, at: string, cause: string): StateChange {
  return { kind, at, from: condition, to: condition, since, cause };
}

/** Why a run has its verdict, in words. */
export function describeRun({ result, warnings }: TaskRun): string {
  const { error, status, checks } = result;
  if (error !== undefined) return `${error.kind} in ${error.phase}: ${error.message}`;
  const broken = [...checks, ...warnings].filter(({ ok }) => !ok).map(describeBrokenCheck);
  return broken.length === 0 ? `status ${status}, everything holds` : broken.join(", ");
}
