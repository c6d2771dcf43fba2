/**
 * Finds answers whose framing puts a connection out of step.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import type { Experiment } from "../experiment.ts";
import type { ExperimentReport } from "../../result.ts";
import type { RunFinding } from "./run_findings.ts";

/** Deviations that two recipients may read as different messages. */
const FRAMING_DEVIATIONS: ReadonlySet<string> = new Set([
  "te-and-cl",
  "te-in-http10",
  "te-not-chunked-final",
  "te-duplicate-chunked",
  "duplicate-content-length",
  "conflicting-content-length",
  "content-length-list",
  "invalid-content-length",
  "content-length-on-1xx-204",
  "transfer-encoding-on-1xx-204",
  "content-length-overflow",
  "excess-data",
  "data-after-close",
]);

/** Examines answers to ordinary requests only: a server may have a good reason to answer an odd request oddly. */
export function findFramingAnomaly(
  reports: Readonly<Record<string, ExperimentReport>>,
  experiments: readonly Experiment[],
): RunFinding | undefined {
  const ordinary = new Set(experiments.filter(({ ordinary }) => ordinary).map(({ name }) => name));
  for (const [experiment, { facts, summary }] of Object.entries(reports)) {
    if (!ordinary.has(experiment)) continue;
    const surplus = facts.surplusBytes;
    if (typeof surplus === "number" && surplus > 0) {
      return anomaly(
        experiment,
        `${formatQuantity(surplus, "octet")} came that no request had asked for (${summary})`,
      );
    }
    const deviations = Array.isArray(facts.deviations) ? facts.deviations.map(String) : [];
    const codes = deviations.filter((code) => FRAMING_DEVIATIONS.has(code));
    if (codes.length > 0) {
      return anomaly(
        experiment,
        `recipients read the framing of these answers differently: ${codes.join(", ")}`,
      );
    }
  }
  return undefined;
}

function anomaly(experiment: string, message: string): RunFinding {
  return {
    code: "framing-anomaly",
    severity: "problem",
    experiment,
    message,
    advice:
      "send exactly one answer for each request, framed in one way (RFC 9112 §6.3): anything else puts the connection out of step",
  };
}
