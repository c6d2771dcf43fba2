/**
 * Parts of the window of an uptime report: types only.
 *
 * @module
 */

import type { Verdict } from "../run_task.ts";
import type { ReportPhase } from "./report_phases.ts";

/** The verdict of a part of the window; `maintenance` if it has no other. */
export type PartVerdict = Verdict | "maintenance";

/** Milliseconds that runs stand for by verdict. The rest of the time nobody looked. */
export type VerdictTimes = Readonly<Record<PartVerdict, number>>;

/** One of the equal parts of the window. */
export interface ReportBucket {
  /** Beginning of the part, ISO 8601, UTC. */
  readonly start: string;
  /** Number of runs by verdict, without those in maintenance. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Milliseconds by verdict. */
  readonly ms: VerdictTimes;
  /** The worst verdict: down, degraded, unknown, up, maintenance; `null` if nobody looked. */
  readonly worst: PartVerdict | null;
  /** Cause of the first run that was down, or else degraded, in words. */
  readonly cause?: string;
  /** Median of each phase that was measured, in milliseconds. */
  readonly medians: Readonly<Partial<Record<ReportPhase, number>>>;
  /** 90th percentile of the total duration, in milliseconds; absent below 10 answers. */
  readonly p90?: number;
}

/** A day of the window; of the first and the last day, only the part within the window counts. */
export interface ReportDay {
  /** The day in UTC, as in `2026-03-01`. */
  readonly date: string;
  /** Milliseconds by verdict. */
  readonly ms: VerdictTimes;
  /** The worst verdict: down, degraded, unknown, up, maintenance; `null` if nobody looked. */
  readonly worst: PartVerdict | null;
  /** Number of outages that reach into the day. */
  readonly outages: number;
  /** Cause of the first run that was down, or else degraded, in words. */
  readonly cause?: string;
}
