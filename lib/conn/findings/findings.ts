/**
 * Turns measured facts into advice.
 *
 * @module
 */

import type { ExperimentReport, Finding } from "../../result.ts";
import { type Experiment, meaningOf } from "../experiment.ts";
import { EXPERIMENTS } from "../experiments.ts";
import type { Front } from "../front.ts";
import { findUnlikeBackends } from "./backends_finding.ts";
import { findFramingAnomaly } from "./framing_finding.ts";
import type { RunFinding } from "./run_findings.ts";
import { findOutOfTime, findRateLimit, findServiceDown, findStatusChange } from "./service_findings.ts";

type Reports = Readonly<Record<string, ExperimentReport>>;

/** Options of {@linkcode findProblems}. */
export interface FindingOptions {
  /** The load balancer or proxy in front of the server. */
  readonly front?: Front | undefined;
  /**
   * The experiments that the reports describe.
   *
   * @default {EXPERIMENTS}
   */
  readonly experiments?: readonly Experiment[] | undefined;
}

/** Rules about the run as a whole, or about several experiments. */
const RUN_RULES:
  readonly ((reports: Reports, experiments: readonly Experiment[]) => RunFinding | undefined)[] = [
    findUnlikeBackends,
    findResetAfterAnswer,
    findFramingAnomaly,
    findRateLimit,
    findServiceDown,
    findStatusChange,
    findOutOfTime,
  ];

/**
 * Draws conclusions from the experiments' reports.
 *
 * @returns Findings, problems first; the same advice for the same experiment appears once
 */
export function findProblems(reports: Reports, options: FindingOptions = {}): Finding[] {
  const { front, experiments = EXPERIMENTS } = options;
  const made = experiments.flatMap((experiment) => {
    const report = reports[experiment.name];
    return report ? [{ experiment, report }] : [];
  });
  const found = [
    ...made.map(({ experiment, report }) => findOfOutcome(experiment, report)),
    ...made.flatMap(({ experiment, report }) =>
      experiment.findings?.map(({ find }) => find(report, front)) ?? []
    ),
    ...RUN_RULES.map((find) => find(reports, experiments)),
  ];
  const findings: Finding[] = [];
  for (const finding of found) {
    const isKnown = findings.some(({ code, experiment }) =>
      code === finding?.code && experiment === finding.experiment
    );
    if (finding && !isKnown) findings.push(finding);
  }
  const rank = { problem: 0, warning: 1, info: 2 } as const;
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

function findOfOutcome(experiment: Experiment, report: ExperimentReport): Finding | undefined {
  const finding = meaningOf(experiment, report.outcome)?.finding;
  if (!finding || finding.unless?.(report.facts)) return undefined;
  const { code, severity, advice } = finding;
  return { code, severity, experiment: experiment.name, message: report.summary, advice };
}

function findResetAfterAnswer(reports: Reports): RunFinding | undefined {
  const experiment = ["close", "idle-timeout"].find((name) => reports[name]?.facts.how === "rst");
  if (experiment === undefined) return undefined;
  return {
    code: "reset-loses-answer",
    severity: "warning",
    experiment,
    message: `the server ends the connection with RST instead of FIN (${reports[experiment]?.summary})`,
    advice: "close with FIN: a RST discards what the client has not read yet (RFC 9112 §9.6)",
  };
}
