/**
 * Advances the condition of a check.
 *
 * @module
 */

import type { CheckState, KnownCondition, Trouble } from "./check_state.ts";
import { describeRun } from "./describe_run.ts";
import type { ChangeOutage, StateChange } from "./state_change.ts";
import { makeOutage, type Step, type StepContext } from "./step.ts";
import { countRun, keepUseful, nextCondition, pendingCondition, tallyOf } from "./tally.ts";

/** Stands in for a cause that the state of an older version does not have. */
const UNKNOWN_CAUSE = "the cause was not recorded";

/** A condition that enough runs confirmed, with the start of the first of them. */
type Confirmed = NonNullable<ReturnType<typeof nextCondition>>;

/** Counts the run, and changes the condition once enough runs confirm another one. */
export function advanceCondition(step: Step, context: StepContext): Step {
  const { run: { verdict }, task: { thresholds }, at } = context;
  const { state } = step;
  // After an edit, nobody knows the condition of the check.
  const base = state.redefined === true ? "new" : state.condition;
  const before = state.tally ?? (state.pending === undefined ? {} : tallyOf(state.pending));
  const tally = countRun(before, { verdict, at }, thresholds);
  const confirmed = nextCondition(base, tally, thresholds);
  if (confirmed !== undefined) {
    const useful = keepUseful(confirmed.condition, tally);
    return settle({ ...step, state: { ...state, tally: useful } }, confirmed, context);
  }
  const pending = pendingCondition(base, verdict, tally, thresholds);
  return { ...step, state: { ...state, tally: keepUseful(base, tally), pending } };
}

/** Gives the state a confirmed condition, and makes the change that tells of it. */
function settle({ state, changes }: Step, confirmed: Confirmed, { run, at }: StepContext): Step {
  const { condition: from, redefined } = state;
  const { condition: to, since } = confirmed;
  const settled = { ...state, pending: undefined, redefined: undefined };
  // A check that stays down after an edit needs a notice only if it had none before.
  const isKnown = to !== "down" || toldCondition(state) === "down";
  if (from === to && isKnown) return { state: settled, changes };
  const cause = describeRun(run);
  const trouble = nextTrouble(state, { ...confirmed, cause });
  const next: CheckState = { ...settled, condition: to, since: from === to ? state.since : since, trouble };
  // A new check that is up deserves no notice.
  if (from === "new" && to === "up") return { state: next, changes };
  const change: StateChange = {
    kind: to,
    at,
    from,
    to,
    since: next.since,
    cause: redefined === true ? `${cause}, after a change of the task file` : cause,
    quiet: isQuiet(state, to) || undefined,
    edit: redefined,
    outage: endedOutage(state, confirmed),
  };
  return { state: { ...next, told: nextTold(state, change) }, changes: [...changes, change] };
}

/**
 * Tells if nobody needs to know of a change: nobody knows of what it ends, or an edit of the task file made the check
 * degraded. Whoever was told that a check is not up learns that this is over, even if an edit made it so.
 */
function isQuiet(state: CheckState, to: KnownCondition): boolean {
  const told = toldCondition(state);
  switch (to) {
    case "down":
      return false;
    case "degraded":
      return state.redefined === true && told !== "down";
    case "up":
      return told === "up";
  }
}

/** Returns the condition that receivers know. */
function toldCondition({ condition, told }: CheckState): KnownCondition | undefined {
  return told ?? (condition === "new" ? undefined : condition);
}

function nextTold(state: CheckState, { to, quiet }: StateChange): KnownCondition | undefined {
  const told = quiet === true && to !== "up" ? toldCondition(state) : undefined;
  return told === to ? undefined : told;
}

function nextTrouble(
  { condition, since: begun, trouble }: CheckState,
  next: Trouble & Confirmed,
): Trouble | undefined {
  const { condition: to, since, cause } = next;
  if (to === "up") return undefined;
  if (condition === "new" || condition === "up") return { since, cause };
  const known = trouble ?? { since: begun, cause: UNKNOWN_CAUSE };
  return { ...known, cause: to === "down" ? cause : known.cause, mixed: true };
}

/** Describes the period that a change ends, in which the check was down or not up. */
function endedOutage(
  { condition, since: begun, trouble, redefined }: CheckState,
  { condition: to, since }: Confirmed,
): ChangeOutage | undefined {
  if (to === "down" || condition === "new" || condition === "up") return undefined;
  const known = trouble ?? { since: begun, cause: UNKNOWN_CAUSE };
  if (to !== "up") return makeOutage({ ...known, since: begun, mixed: undefined }, since);
  // A check that is up has no cause.
  const cause = redefined === true ? `${known.cause}; then the task file changed` : known.cause;
  return makeOutage({ ...known, cause }, since);
}
