/**
 * Turns a run and the state after it into the outcome that people and programs see.
 *
 * @module
 */

import { withoutUndefined } from "../without_undefined.ts";
import type { CheckRun } from "./check_run.ts";
import { type ChangeNotice, changeNotice } from "./delivery/change_notice.ts";
import type { CheckState } from "./state/check_state.ts";
import type { Step } from "./state/step.ts";
import { isFailing } from "./state/tally.ts";
import type { WatchedRun } from "./check_runner.ts";
import { redactAll } from "./redaction/redact_all.ts";

/** Makes the outcome of a run, without secrets and without quiet changes. */
export function makeCheckRun({ task, run, skipped }: WatchedRun, { state, changes }: Step): CheckRun {
  const redact = (text: string): string => task.redact(text);
  return withoutUndefined({
    ...run,
    check: redact(task.name),
    skipped,
    failing: isFailing(state) || undefined,
    state,
    changes: changes.filter(({ quiet }) => quiet !== true)
      .map((change): ChangeNotice => redactAll(changeNotice(task, change, run.result), redact)),
  });
}

/** Replaces secrets in the causes that a state remembers. A digest of hexadecimal digits stays as it is. */
export function redactState(state: CheckState, redact: (text: string) => string): CheckState {
  const { trouble, flapping, unmeasured } = state;
  return withoutUndefined({
    ...state,
    trouble: trouble && { ...trouble, cause: redact(trouble.cause) },
    unmeasured: unmeasured && { ...unmeasured, cause: redact(unmeasured.cause) },
    flapping: flapping && { ...flapping, cause: redact(flapping.cause) },
  });
}
