/**
 * From measured facts to advice.
 *
 * @module
 */

import type { ExperimentReport, Finding } from "../../result.ts";
import type { Front } from "../options.ts";
import { findUnequalAddresses } from "./address_finding.ts";
import { findEarlyClose } from "./early_close_finding.ts";
import { findUnlikeBackends } from "./backends_finding.ts";
import { findIdleProblem } from "./idle_finding.ts";
import { BY_OUTCOME } from "./outcome_findings.ts";
import { findOutOfTime, findRateLimit, findServiceDown, findStatusChange } from "./service_findings.ts";
import { findOldTls, findSeveralCertificates } from "./tls_findings.ts";

type Experiments = Readonly<Record<string, ExperimentReport>>;
type Rule = (experiments: Experiments, front: Front | undefined) => Finding | undefined;

/** Deviations that make one recipient read another message than the next one. */
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

/** Experiments that send what every client sends: what comes back to others may be odd with good reason. */
const ORDINARY: ReadonlySet<string> = new Set([
  "keep-alive",
  "close",
  "http10",
  "conditional",
  "pipelining",
  "head",
]);

const OTHERS: readonly Rule[] = [
  findIdleProblem,
  findUnequalAddresses,
  findUnlikeBackends,
  findEarlyClose,
  findResetAfterAnswer,
  findFramingAnomaly,
  findOldTls,
  findSeveralCertificates,
  findRateLimit,
  findServiceDown,
  findStatusChange,
  findOutOfTime,
];

/**
 * Draws conclusions from what the experiments found.
 *
 * @param front What stands in front of the server, if anything does
 * @returns Problems first
 */
export function findProblems(experiments: Experiments, front?: Front): Finding[] {
  const findings: Finding[] = [];
  for (const { outcome, unless, ...finding } of BY_OUTCOME) {
    const report = experiments[finding.experiment];
    if (report?.outcome === outcome && !unless?.(report.facts)) {
      findings.push({ ...finding, message: report.summary });
    }
  }
  for (const rule of OTHERS) {
    const finding = rule(experiments, front);
    if (
      finding &&
      !findings.some(({ code, experiment }) => code === finding.code && experiment === finding.experiment)
    ) {
      findings.push(finding);
    }
  }
  const rank = { problem: 0, warning: 1, info: 2 } as const;
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

function findResetAfterAnswer(experiments: Experiments): Finding | undefined {
  const experiment = ["close", "idle-timeout"].find((name) => experiments[name]?.facts.how === "rst");
  if (experiment === undefined) return undefined;
  return {
    code: "reset-loses-answer",
    severity: "warning",
    experiment,
    message: `the server ends the connection with RST instead of FIN (${experiments[experiment]?.summary})`,
    advice: "close with FIN: a RST throws away what the client has not read yet (RFC 9112 §9.6)",
  };
}

function findFramingAnomaly(experiments: Experiments): Finding | undefined {
  for (const [experiment, { facts, summary }] of Object.entries(experiments)) {
    if (!ORDINARY.has(experiment)) continue;
    const surplus = facts.surplusBytes;
    if (typeof surplus === "number" && surplus > 0) {
      return anomaly(experiment, `${surplus} octets came that no request had asked for (${summary})`);
    }
    const deviations = Array.isArray(facts.deviations) ? facts.deviations.map(String) : [];
    const codes = deviations.filter((code) => FRAMING_DEVIATIONS.has(code));
    if (codes.length > 0) {
      return anomaly(
        experiment,
        `answers are framed in a way that recipients read differently: ${codes.join(", ")}`,
      );
    }
  }
  return undefined;
}

function anomaly(experiment: string, message: string): Finding {
  return {
    code: "framing-anomaly",
    severity: "problem",
    experiment,
    message,
    advice:
      "send exactly one answer for each request, with one way of framing (RFC 9112 §6.3): everything else puts a connection out of step",
  };
}
