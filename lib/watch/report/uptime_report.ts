/**
 * What a history says of a window of time: one JSON object.
 *
 * @module
 */

import type { Distribution } from "../../report/distribution.ts";
import { type Measure, MEASURES } from "../../report/series.ts";
import type { Verdict } from "../run_task.ts";
import type { ChangeKind, Condition } from "../state.ts";

/** Phases whose times a history keeps. */
export const REPORT_PHASES: readonly ReportPhase[] = MEASURES.filter((measure): measure is ReportPhase =>
  measure !== "listen" && measure !== "own"
);

/** One of {@linkcode REPORT_PHASES}. */
export type ReportPhase = Exclude<Measure, "listen" | "own">;

/** How the times of a phase are spread, in milliseconds; `count` is the runs in which it was measured. */
export type PhaseTimes = Distribution;

/** A time in which a check was down. */
export interface Outage {
  /** ISO 8601, UTC; it may lie before the window. */
  readonly start: string;
  /** `null` while it goes on. */
  readonly end: string | null;
  /** Milliseconds within the window. */
  readonly ms: number;
  readonly cause: string;
}

/** A part of the window. */
export interface ReportBucket {
  /** ISO 8601, UTC. */
  readonly start: string;
  /** Runs by verdict. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Median of each phase in milliseconds, of those that were measured. */
  readonly medians: Readonly<Partial<Record<ReportPhase, number>>>;
  /** 90th percentile of the whole time. */
  readonly p90?: number;
}

/** What is known of one check in the window. */
export interface CheckReport {
  readonly name: string;
  readonly url: string;
  readonly tags: readonly string[];
  /** At the end of the history. */
  readonly condition: Condition;
  readonly runs: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Slots that went by without a run. */
  readonly skipped: number;
  /** Milliseconds of the window in which the check was run often enough to tell. */
  readonly observed: number;
  /** Milliseconds of these in which it was down. */
  readonly down: number;
  /** Share of the observed time in which it was not down, 0 to 1; `null` if nothing was observed. */
  readonly uptime: number | null;
  readonly outages: readonly Outage[];
  /** Of runs in which an answer was read. */
  readonly times: Readonly<Partial<Record<ReportPhase, PhaseTimes>>>;
  /** Days that the certificate had left in the last run that saw one. */
  readonly certificateDays: number | null;
  /** What else changed. */
  readonly changes: readonly { readonly at: string; readonly kind: ChangeKind; readonly cause: string }[];
  /** The window in parts of equal length. */
  readonly buckets: readonly ReportBucket[];
}

/** What a history says of a window. */
export interface UptimeReport {
  readonly schema: 1;
  /** ISO 8601, UTC. */
  readonly from: string;
  /** ISO 8601, UTC. */
  readonly to: string;
  readonly checks: readonly CheckReport[];
}
