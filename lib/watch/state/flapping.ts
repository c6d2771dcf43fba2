/**
 * Notices a flapping check, and holds back its notices until it is steady again.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import type { CheckState, Flapping } from "./check_state.ts";
import { describeRun } from "./describe_run.ts";
import { countFlip, countTurn, flappingSince, isSteady, longestRuns } from "./flips.ts";
import type { ChangeKind, StateChange } from "./state_change.ts";
import { changeAside, elapsed, makeOutage, type Step, type StepContext } from "./step.ts";

/** Kinds of changes that make no notice while a check is flapping. */
const CONDITIONS: readonly ChangeKind[] = ["up", "down", "degraded"];

/** Counts the changes of verdict and condition, and follows the time in which the check is flapping. */
export function advanceFlapping(step: Step, context: StepContext): Step {
  const { run: { verdict }, task: { thresholds } } = context;
  if (thresholds.flapping === 0) return stopCounting(step, context);
  const turned = step.changes.some(({ from, to }) => from !== to && from !== "new");
  const counted = {
    ...step,
    state: {
      ...step.state,
      last: verdict,
      flips: countFlip(step.state, context),
      turns: countTurn(step.state, turned, context),
    },
  };
  return context.before.flapping === undefined
    ? begin(counted, context)
    : goOn(hush(counted), context.before.flapping, context);
}

/** Forgets the changes. An edit of the task file may end the time of flapping, which is no event of the site. */
function stopCounting({ state, changes }: Step, { run, before, at }: StepContext): Step {
  const next = { ...withoutFlapping(state), last: run.verdict };
  if (before.flapping === undefined || state.condition !== "up") return { changes, state: next };
  const end = {
    ...changeAside("steady", state, { at, cause: describeRun(run) }),
    quiet: true,
    edit: true,
  } as const;
  return { changes: [...changes, end], state: next };
}

function withoutFlapping(state: CheckState): CheckState {
  return { ...state, flips: undefined, turns: undefined, flapping: undefined };
}

/** Begins the time of flapping if the changes are too many. */
function begin(step: Step, { before, run, task: { thresholds }, at }: StepContext): Step {
  const { flips = [], turns = [] } = step.state;
  const { flapping: most } = thresholds;
  const first = flappingSince(flips, turns, { flapping: most, at });
  if (first === undefined) return step;
  const since = new Date(first).toISOString();
  const { state, changes } = hush(step);
  const cause = `${formatQuantity(most, "change")} in ${
    formatDuration(elapsed(since, at))
  }, now ${run.verdict}${run.verdict === "up" ? "" : `: ${describeRun(run)}`}`;
  return {
    state: {
      ...state,
      flapping: { since, cause: lastCause(before.trouble?.cause ?? "", run), longest: longestRuns(flips) },
    },
    changes: [...changes, changeAside("flapping", state, { at, cause })],
  };
}

/** Ends the time of flapping once the check has kept its verdict for long enough. */
function goOn(step: Step, known: Flapping, context: StepContext): Step {
  const { run, task: { thresholds }, at } = context;
  const { state, changes } = step;
  const flips = state.flips?.length ? state.flips : [{ at: Date.parse(at), runs: 0, to: run.verdict }];
  const last = flips.at(-1)!;
  const flapping = {
    since: known.since,
    cause: lastCause(known.cause, run),
    longest: longestRuns(flips, known.longest),
  };
  if (state.condition !== last.to || !isSteady(last, flapping, { ...thresholds, at })) {
    return { changes, state: { ...state, flips, flapping } };
  }
  // If it changes again within the hour, half as many changes are enough.
  const half = Math.floor(thresholds.flapping / 2);
  const turns = half === 0 ? undefined : state.turns?.slice(-half);
  const steady = { ...withoutFlapping(state), turns, told: undefined };
  return { state: steady, changes: [...changes, describeSteady(steady, flapping, context)] };
}

/** Makes the change that tells of the end; it says for how long the check was not steady, or not up. */
function describeSteady(state: CheckState, flapping: Flapping, { run, at }: StepContext): StateChange {
  const { since, cause } = state.trouble ?? flapping;
  return {
    ...changeAside("steady", state, { at, cause: describeRun(run) }),
    outage: makeOutage({ since, cause, unobserved: state.trouble?.unobserved }, at),
  };
}

function lastCause(known: string, run: StepContext["run"]): string {
  return run.verdict === "up" ? known : describeRun(run);
}

/** Makes the notices of a condition quiet. Who reads that a check is flapping does not take it for down. */
function hush({ state, changes }: Step): Step {
  return {
    state: { ...state, told: state.condition === "up" ? undefined : "up" },
    changes: changes.map((change) => CONDITIONS.includes(change.kind) ? { ...change, quiet: true } : change),
  };
}
