/**
 * The outcome of one run of a check: types only.
 *
 * @module
 */

import type { ChangeNotice } from "./delivery/change_notice.ts";
import type { TaskRun } from "./run_task.ts";
import type { CheckState } from "./state/check_state.ts";

/** One run of a check with its effect on the state; secrets are replaced by `***`. */
export interface CheckRun extends TaskRun {
  /** Name of the check. */
  readonly check: string;
  /** Starts that were missed before this run, because the previous run took too long or the machine was asleep. */
  readonly skipped: number;
  /** True if the last runs were worse than the condition of the check, but too few to change it. */
  readonly failing?: true | undefined;
  /** State of the check after this run. */
  readonly state: CheckState;
  /** State changes that this run caused; usually empty. */
  readonly changes: readonly ChangeNotice[];
}
