/**
 * Tells outcomes that count against a server: the run confirms them alone before it reports them.
 *
 * @module
 */

import type { ExperimentReport } from "../result.ts";
import { type Experiment, meaningOf } from "./experiment.ts";
import { findProblems } from "./findings/findings.ts";
import type { Front } from "./front.ts";

/** Tells whether a report counts against the server, by its outcome or by a finding. */
export function countsAgainstServer(
  experiment: Experiment,
  report: ExperimentReport,
  front: Front | undefined,
): boolean {
  if (meaningOf(experiment, report.outcome)?.adverse) return true;
  return findProblems({ [experiment.name]: report }, { front, experiments: [experiment] })
    .some(({ severity }) => severity !== "info");
}
