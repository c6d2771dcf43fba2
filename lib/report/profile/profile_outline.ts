/**
 * Sorts a profile by what matters: what is wrong, what was measured, and what may be of interest.
 *
 * @module
 */

import type { ConnectionProfile, ExperimentReport, Finding, Severity } from "../../result.ts";
import { formatQuantity } from "../../text/count.ts";

/** A finding, and the measurement that proves it if the message of the finding does not name it. */
export interface ProvenFinding {
  readonly finding: Finding;
  readonly evidence?: string | undefined;
}

/** The parts of a profile in the order in which people read them. */
export interface ProfileOutline {
  /** Counts of findings and experiments: `1 problem in 7 experiments`. */
  readonly verdict: string;
  /** The worst severity; `undefined` without findings. */
  readonly worst: Severity | undefined;
  /** Problems and warnings. */
  readonly wrong: readonly ProvenFinding[];
  /** Findings that are no fault. */
  readonly notes: readonly ProvenFinding[];
  /** Outcome and figures of each experiment; without figures if a finding shows them. */
  readonly rows: readonly ProfileRow[];
}

/** An experiment in the table. */
export interface ProfileRow {
  readonly name: string;
  readonly report: ExperimentReport;
  /** The measurement in words, or a reference to the place that shows it. */
  readonly measured: string;
}

/** Findings about several experiments, or about the run. The figures of one experiment do not prove them. */
export const FINDINGS_OF_THE_RUN: ReadonlySet<string> = new Set([
  "backends-differ",
  "framing-anomaly",
  "out-of-time",
  "rate-limited",
  "reset-loses-answer",
  "service-down",
  "status-changed",
]);

const WORDS: Readonly<Record<Severity, string>> = { problem: "problem", warning: "warning", info: "note" };
const UNTOLD = "could not tell: ";

/** Sorts a profile, so that each fact stands in one place. */
export function outlineProfile(profile: ConnectionProfile): ProfileOutline {
  const { experiments, findings } = profile;
  const shown = new Map<string, string>();
  const prove = (finding: Finding): ProvenFinding => {
    const { experiment, message, code, severity } = finding;
    const summary = experiments[experiment]?.summary ?? "";
    if (summary !== "" && message === summary) shown.set(experiment, placeOf(severity));
    if (summary !== "" && shown.has(experiment)) {
      return { finding: { ...finding, message: message.replace(` (${summary})`, "") } };
    }
    if (summary === "" || FINDINGS_OF_THE_RUN.has(code)) return { finding };
    shown.set(experiment, placeOf(severity));
    return { finding, evidence: message.includes(summary) ? undefined : summary };
  };
  const wrong = findings.filter(({ severity }) => severity !== "info").map(prove);
  const notes = findings.filter(({ severity }) => severity === "info").map(prove);
  const rows = Object.entries(experiments).map(([name, report]) => ({
    name,
    report,
    measured: shown.get(name) ?? measuredBy(report),
  }));
  return { verdict: countFindings(profile), worst: worstOf(findings), wrong, notes, rows };
}

function placeOf(severity: Severity): string {
  return severity === "info" ? "see the note below" : "see above";
}

/** Leaves out the words that the outcome says already. */
function measuredBy({ outcome, summary }: ExperimentReport): string {
  return outcome === "unknown" && summary.startsWith(UNTOLD) ? summary.slice(UNTOLD.length) : summary;
}

function worstOf(findings: readonly Finding[]): Severity | undefined {
  return (["problem", "warning", "info"] as const).find((severity) =>
    findings.some((finding) => finding.severity === severity)
  );
}

function countFindings({ experiments, findings }: ConnectionProfile): string {
  const counts = (["problem", "warning", "info"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [formatQuantity(count, WORDS[severity])];
  });
  const outcomes = Object.values(experiments).map(({ outcome }) => outcome);
  const made = outcomes.filter((outcome) => outcome !== "skipped").length;
  const unknown = outcomes.filter((outcome) => outcome === "unknown").length;
  const found = counts.length === 0 ? "no findings" : counts.join(", ");
  return `${found} in ${formatQuantity(made, "experiment")}${
    unknown === 0 ? "" : `, ${unknown} could not tell`
  }`;
}
