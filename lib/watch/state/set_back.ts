/**
 * Mends the times of a state after the clock was set back.
 *
 * @module
 */

import { withoutUndefined } from "../../without_undefined.ts";
import type { CheckState, Streak } from "./check_state.ts";

/** Milliseconds by which a time may lie after a run: of two watches with one history, the slower one records later. */
const MOST_LATE = 60_000;

/** Takes the times of a state that have not come yet for the time of a run: the clock was set back meanwhile. */
export function withoutFuture(state: CheckState, at: string): CheckState {
  const now = Date.parse(at);
  const past = (time: string): string => Date.parse(time) > now + MOST_LATE ? at : time;
  const begun = <T extends { readonly since: string } | undefined>(part: T): T =>
    part && { ...part, since: past(part.since) };
  const { since, pending, tally, trouble, flapping, unmeasured, reminders } = state;
  const streak = (streak: Streak | undefined): Streak | undefined => begun(streak);
  return withoutUndefined({
    ...state,
    since: past(since),
    pending: begun(pending),
    tally: tally && {
      ...tally,
      notUp: streak(tally.notUp),
      down: streak(tally.down),
      notDown: streak(tally.notDown),
      up: streak(tally.up),
    },
    trouble: begun(trouble),
    flapping: begun(flapping),
    unmeasured: begun(unmeasured),
    reminders: reminders && { since: past(reminders.since), last: past(reminders.last) },
  });
}
