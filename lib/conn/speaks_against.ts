/**
 * Says which outcomes speak against a server: those are repeated alone before they are said.
 *
 * @module
 */

import type { ExperimentReport } from "../result.ts";
import { findProblems } from "./findings/findings.ts";
import type { Front } from "./options.ts";

/** Outcomes that speak against a server although no finding follows from them. */
const WITHOUT_FINDING: Readonly<Record<string, readonly string[]>> = {
  http10: ["refused"],
  conditional: ["partial", "ignored"],
  pipelining: ["serialised"],
  "max-requests": ["unsteady"],
  "expect-continue": ["ignored", "refused"],
  "early-answer": ["no-answer"],
  "half-close": ["changed", "partial"],
  "chunked-request": ["refused", "partial"],
};

/** Whether a report speaks against the server, by itself or by a finding. */
export function speaksAgainst(
  name: string,
  report: ExperimentReport,
  front: Front | undefined,
): boolean {
  if (WITHOUT_FINDING[name]?.includes(report.outcome)) return true;
  return findProblems({ [name]: report }, front).some(({ severity }) => severity !== "info");
}
