/**
 * One run of a check: types only.
 *
 * @module
 */

import type { Check, ProbeResult } from "../result.ts";
import type { KeptProfile } from "./kept_profile.ts";

/** The verdict of one run. `unknown` means that a local fault prevented a verdict. */
export type Verdict = "up" | "degraded" | "down" | "unknown";

/** One run of a check; secrets are replaced by `***`. */
export interface TaskRun {
  /** Result of the probe, with the checks of its expectations. */
  readonly result: ProbeResult;
  /** The verdict that follows from the result and the warnings. */
  readonly verdict: Verdict;
  /** Checks of the expectations that only degrade a check. */
  readonly warnings: readonly Check[];
  /** The experiments that the run was judged by, from this run or an earlier one. */
  readonly profile?: KeptProfile | undefined;
  /** Tries after the first one. */
  readonly retries: number;
  /** The run does not count, because it overlapped a window of maintenance. */
  readonly excluded?: "maintenance" | undefined;
  /** Reason for the verdict `unknown` of a failed run: a check that it depends on is down. */
  readonly reason?: string | undefined;
}
