/**
 * Lists the names that experiments add to expectations.
 *
 * @module
 */

import { allExperiments } from "./all_experiments.ts";
import type { CustomExperiment } from "./custom_experiment.ts";
import type { Experiment } from "./experiment.ts";

import { RUN_FINDING_CODES } from "./findings/run_findings.ts";

/** A short name: it stands for the `outcome` of an experiment, or for one of its facts. */
export interface ShortName {
  /** Name of the experiment. */
  readonly experiment: string;
  /** `outcome`, or the name of a fact. */
  readonly part: string;
}

/** Names that expectations about a profile may use. */
export interface ExperimentNames {
  /** Names that may follow `experiments.` */
  readonly experiments: readonly string[];
  /** Short names and their meanings. */
  readonly shortNames: ReadonlyMap<string, ShortName>;
  /** Names that may follow `findings.`: severities and codes. */
  readonly findings: readonly string[];
  /** Every outcome of an experiment, by its name. Without it, an expectation may compare with any outcome. */
  readonly outcomes?: ReadonlyMap<string, readonly string[]> | undefined;
}

const SEVERITIES = ["problem", "warning", "info"] as const;

/**
 * Collects the names of all built-in experiments for `parseExpectation`.
 *
 * @param added Your own experiments
 */
export function experimentNames(added: readonly CustomExperiment[] = []): ExperimentNames {
  const experiments = allExperiments({ experiments: added });
  const codes = new Set<string>([...RUN_FINDING_CODES, ...experiments.flatMap(codesOf)]);
  return {
    experiments: experiments.map(({ name }) => name),
    shortNames: new Map(experiments.flatMap(shortNamesOf)),
    findings: [...SEVERITIES, ...[...codes].sort()],
    outcomes: new Map(experiments.map(({ name, outcomes }) => [name, Object.keys(outcomes)])),
  };
}

function codesOf({ outcomes, findings = [] }: Experiment): string[] {
  const ofOutcomes = Object.values(outcomes).flatMap((meaning) =>
    typeof meaning !== "string" && meaning.finding ? [meaning.finding.code] : []
  );
  return [...ofOutcomes, ...findings.flatMap(({ codes }) => codes)];
}

function shortNamesOf({ name: experiment, shortNames = {} }: Experiment): [string, ShortName][] {
  return Object.entries(shortNames).map(([shortName, part]) => [shortName, { experiment, part }]);
}
