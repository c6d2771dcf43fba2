/**
 * Tells outcomes that speak against a server: the run confirms those alone before it reports them.
 *
 * @module
 */

import type { ExperimentReport } from "../result.ts";
import { type Experiment, meaningOf } from "./experiment.ts";
import { findProblems } from "./findings/findings.ts";
import type { Front } from "./front.ts";

/** Tells whether a report speaks against the server, by its outcome or by a finding. */
export function speaksAgainst(
  experiment: Experiment,
  report: ExperimentReport,
  front: Front | undefined,
): boolean {
  if (meaningOf(experiment, report.outcome)?.adverse) return true;
  return findProblems({ [experiment.name]: report }, { front, experiments: [experiment] })
    .some(({ severity }) => severity !== "info");
}
