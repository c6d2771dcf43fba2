/**
 * The uptime report: the data of a history in a window of time, as one JSON object.
 *
 * @module
 */

import type { Distribution } from "../../report/distribution.ts";
import type { Verdict } from "../run_task.ts";
import type { Condition } from "../state/check_state.ts";
import type { ChangeKind } from "../state/state_change.ts";
import type { ReportBucket, ReportDay } from "./report_parts.ts";
import type { ReportPhase } from "./report_phases.ts";

/** Distribution of the durations of a phase in milliseconds; `count` is the number of runs that measured it. */
export type PhaseTimes = Distribution;

/**
 * The state of a check when the report was made:
 * - `new`, `up`, `degraded`, `down`: the confirmed condition, or an unconfirmed `degraded`
 * - `failing`: the last runs were down, but not yet enough of them to confirm an outage
 * - `flapping`: the verdict changes many times in an hour
 * - `unknown`: the last run could not tell
 * - `maintenance`: the last run was in a maintenance window
 * - `no-data`: the last run is older than it should be
 * - `removed`: the task file has this check no longer
 */
export type ReportState =
  | Condition
  | "failing"
  | "flapping"
  | "unknown"
  | "maintenance"
  | "no-data"
  | "removed";

/** A period in which a check was down, as notices tell it. */
export interface Outage {
  /** Beginning, ISO 8601, UTC; it may be before the window. */
  readonly start: string;
  /** End, ISO 8601, UTC; it may be after the window. `null` if the history has no end. */
  readonly end: string | null;
  /** Start of the last run that saw the check down, ISO 8601, UTC. */
  readonly lastSeen: string;
  /** Milliseconds of the outage within the window and the observed time. */
  readonly ms: number;
  /** The last run saw the check down, and the next one is not due yet. */
  readonly ongoing?: true | undefined;
  /** Cause of the first failed run, in words. */
  readonly cause: string;
}

/** The share of time up in the last part of the window. */
export interface RecentUptime {
  /** Length of that part. */
  readonly period: "24h" | "7d" | "30d";
  /** Share of the observed time in which the check was not down, 0 to 1; `null` if nothing was observed. */
  readonly uptime: number | null;
}

/** The certificate of a check that ends first, of those that its servers use. */
export interface ReportCertificate {
  /** Its end, ISO 8601, UTC; `null` if an older version wrote the history, which kept only whole days. */
  readonly ends: string | null;
  /** Whole days until its end when the report was made; negative after it. */
  readonly daysLeft: number;
  /** True if fewer days are left than the highest number of `certificateDays`, or 14 if the history does not have it. */
  readonly soon: boolean;
  /** Start of the last run that saw it, ISO 8601, UTC. */
  readonly seen: string;
}

/** The report on one check. */
export interface CheckReport {
  /** Name of the check. */
  readonly name: string;
  /** URL of the check. */
  readonly url: string;
  /** Tags of the check. */
  readonly tags: readonly string[];
  /** The last confirmed condition. */
  readonly condition: Condition;
  /** State when the report was made. */
  readonly state: ReportState;
  /** Beginning of that state, ISO 8601, UTC; `null` if the history does not tell. */
  readonly since: string | null;
  /** Cause of that state, in words; `null` if there is nothing to explain. */
  readonly cause: string | null;
  /** Start of the last run, also outside of the window, ISO 8601, UTC; `null` without runs. */
  readonly lastRun: string | null;
  /**
   * End of the time that the last run stands for: one usual distance after its start, but not after `madeAt`; ISO 8601, UTC;
   * `null` without runs.
   */
  readonly seenUntil: string | null;
  /** Start of the last run if the next one is overdue, ISO 8601, UTC; otherwise `null`. */
  readonly noDataSince: string | null;
  /** Time at which the task file was first read without this check, ISO 8601, UTC; otherwise `null`. */
  readonly removed: string | null;
  /** Number of runs in the window. */
  readonly runs: number;
  /** Number of runs by verdict, without those in maintenance. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Number of runs in maintenance, which do not count. */
  readonly maintenanceRuns: number;
  /** Starts that were missed. */
  readonly skipped: number;
  /**
   * Milliseconds of the window that runs stand for. A run stands until the next one; if that one is missing, for the usual
   * distance between runs. Runs that told nothing and runs in maintenance stand for nothing.
   */
  readonly observed: number;
  /** Milliseconds of the observed time in which the check was up. */
  readonly up: number;
  /** Milliseconds of the observed time in which the check was degraded. */
  readonly degraded: number;
  /** Milliseconds of the observed time in which the check was down. */
  readonly down: number;
  /** Share of the observed time in which the check was not down, 0 to 1; `null` if nothing was observed. */
  readonly uptime: number | null;
  /** The share of time up in the last 24 hours, 7 days and 30 days of the window, if runs before that are in it. */
  readonly recent: readonly RecentUptime[];
  /** Milliseconds of `down` that are part of outages. */
  readonly downInOutages: number;
  /** Milliseconds of `down` outside of outages: too few failed runs in a row for an outage. */
  readonly downInFailures: number;
  /** Number of single failures: stretches of failed runs outside of outages. */
  readonly failures: number;
  /** Milliseconds without observation while the check should have run, including `unknown`, without `maintenance`. */
  readonly unobserved: number;
  /** Milliseconds of unknown runs: a fault of this machine, or a check that this one depends on, prevented a verdict. */
  readonly unknown: number;
  /** Milliseconds in maintenance. */
  readonly maintenance: number;
  /** Outages that reach into the window. */
  readonly outages: readonly Outage[];
  /** Durations by phase, of runs in which a response was read. */
  readonly times: Readonly<Partial<Record<ReportPhase, PhaseTimes>>>;
  /** Days that the certificate had left when a run of the window last saw it. */
  readonly certificateDays: number | null;
  /** The certificate that ends first, of those that the last runs of the window saw. */
  readonly certificate: ReportCertificate | null;
  /** Changes of something else than the condition. */
  readonly changes: readonly { readonly at: string; readonly kind: ChangeKind; readonly cause: string }[];
  /** The window in parts of equal length, for bars and plots. */
  readonly buckets: readonly ReportBucket[];
  /** The days of the window, from the first day with runs. */
  readonly days: readonly ReportDay[];
}

/** The uptime report of a window of time. */
export interface UptimeReport {
  /** Version of this form. */
  readonly schema: 1;
  /** Time at which the report was made, ISO 8601, UTC. */
  readonly madeAt: string;
  /** Beginning of the window, ISO 8601, UTC. */
  readonly from: string;
  /** End of the window, ISO 8601, UTC. */
  readonly to: string;
  /** Start of the last run of these checks, also outside of the window, ISO 8601, UTC; `null` without runs. */
  readonly lastRun: string | null;
  /** A report for each check, in the order of their names. */
  readonly checks: readonly CheckReport[];
}
