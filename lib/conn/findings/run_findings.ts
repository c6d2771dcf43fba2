/**
 * Lists the findings that describe the run as a whole, or several experiments.
 *
 * @module
 */

import type { FindingOf } from "./finding_rule.ts";

/** Codes of these findings, which expectations may name. */
export const RUN_FINDING_CODES = [
  "backends-differ",
  "framing-anomaly",
  "out-of-time",
  "rate-limited",
  "reset-loses-answer",
  "service-down",
  "status-changed",
] as const;

/** A finding with one of these codes. */
export type RunFinding = FindingOf<typeof RUN_FINDING_CODES[number]>;
