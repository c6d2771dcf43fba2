/**
 * The phases of a run in a report.
 *
 * @module
 */

import { type Measure, MEASURES } from "../../report/series.ts";

/** The phases whose durations a history keeps. */
export const REPORT_PHASES: readonly ReportPhase[] = MEASURES.filter((measure): measure is ReportPhase =>
  measure !== "listen" && measure !== "own"
);

/** One of {@linkcode REPORT_PHASES}. */
export type ReportPhase = Exclude<Measure, "listen" | "own">;
