/**
 * The uptime report: the data of a history in a window of time, as one JSON object.
 *
 * @module
 */

import type { Distribution } from "../../report/distribution.ts";
import { type Measure, MEASURES } from "../../report/series.ts";
import type { Verdict } from "../run_task.ts";
import type { Condition } from "../state/check_state.ts";
import type { ChangeKind } from "../state/state_change.ts";

/** The phases whose durations a history keeps. */
export const REPORT_PHASES: readonly ReportPhase[] = MEASURES.filter((measure): measure is ReportPhase =>
  measure !== "listen" && measure !== "own"
);

/** One of {@linkcode REPORT_PHASES}. */
export type ReportPhase = Exclude<Measure, "listen" | "own">;

/** Distribution of the durations of a phase in milliseconds; `count` is the number of runs that measured it. */
export type PhaseTimes = Distribution;

/** A period in which a check was down. */
export interface Outage {
  /** Beginning, ISO 8601, UTC; it may be before the window. */
  readonly start: string;
  /** End, ISO 8601, UTC; `null` if the outage goes on. */
  readonly end: string | null;
  /** Milliseconds of the outage within the window. */
  readonly ms: number;
  /** Cause of the first failed run, in words. */
  readonly cause: string;
}

/** One of the equal parts of the window. */
export interface ReportBucket {
  /** Beginning of the part, ISO 8601, UTC. */
  readonly start: string;
  /** Number of runs by verdict. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Median of each phase that was measured, in milliseconds. */
  readonly medians: Readonly<Partial<Record<ReportPhase, number>>>;
  /** 90th percentile of the total duration, in milliseconds. */
  readonly p90?: number;
}

/** The report on one check. */
export interface CheckReport {
  /** Name of the check. */
  readonly name: string;
  /** URL of the check. */
  readonly url: string;
  /** Tags of the check. */
  readonly tags: readonly string[];
  /** Condition at the end of the history. */
  readonly condition: Condition;
  /** Number of runs in the window. */
  readonly runs: number;
  /** Number of runs by verdict. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Starts that were missed. */
  readonly skipped: number;
  /** Milliseconds of the window for which the runs are frequent enough to tell. */
  readonly observed: number;
  /** Milliseconds of the observed time in which the check was down. */
  readonly down: number;
  /** Share of the observed time in which the check was not down, 0 to 1; `null` if nothing was observed. */
  readonly uptime: number | null;
  /** Outages that reach into the window. */
  readonly outages: readonly Outage[];
  /** Durations by phase, of runs in which a response was read. */
  readonly times: Readonly<Partial<Record<ReportPhase, PhaseTimes>>>;
  /** Days until the certificate expires, from the last run that saw one. */
  readonly certificateDays: number | null;
  /** Changes of something else than the condition. */
  readonly changes: readonly { readonly at: string; readonly kind: ChangeKind; readonly cause: string }[];
  /** The window in parts of equal length, for strips and plots. */
  readonly buckets: readonly ReportBucket[];
}

/** The uptime report of a window of time. */
export interface UptimeReport {
  /** Version of this form. */
  readonly schema: 1;
  /** Beginning of the window, ISO 8601, UTC. */
  readonly from: string;
  /** End of the window, ISO 8601, UTC. */
  readonly to: string;
  /** A report for each check, in the order of their names. */
  readonly checks: readonly CheckReport[];
}
