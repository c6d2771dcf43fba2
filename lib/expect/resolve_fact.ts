/**
 * Finds the fact that a path names, and lists the facts that exist.
 *
 * @module
 */

import type { ExperimentNames } from "../conn/experiment_names.ts";
import type { ConnectionProfile, ProbeResult } from "../result.ts";
import { isPlace } from "./element_facts.ts";
import { findingFact, FINDINGS } from "./finding_facts.ts";
import { type Fact, lookUp } from "./fact.ts";
import { fieldFact } from "./field_fact.ts";
import { jsonFact } from "./json_fact.ts";
import type { Step } from "./path.ts";
import {
  EXPERIMENT_PARTS,
  experimentFact,
  PROFILE_FACTS,
  shortNameFacts,
  type WithExperiments,
} from "./profile_facts.ts";
import { DEVIATION_GROUPS, deviationFact, RESULT_FACTS } from "./result_facts.ts";
import { redirectFact, RESULT_LISTS } from "./result_lists.ts";

/** The subject of an expectation; a `row` is a result with experiments. */
export type ExpectationSubject = "result" | "profile" | "row";

/** The fact that a path names, for each subject that has it. */
export interface ResolvedFact {
  readonly result?: Fact<ProbeResult> | undefined;
  readonly profile?: Fact<ConnectionProfile> | undefined;
  readonly row?: Fact<ProbeResult & WithExperiments> | undefined;
}

/** Ways to select findings, for lists of facts. */
const FINDING_LISTS = ["findings[N]", "findings.CODE", "findings.SEVERITY"];

/** Names of facts with a part that the user chooses, for lists of facts. */
const OPEN_FACTS: Readonly<Record<"result" | "profile", readonly string[]>> = {
  result: [
    "header.NAME",
    "header.NAME[N]",
    "trailer.NAME",
    "json.PATH",
    "deviations.CODE",
    "deviations.CLASS",
    "redirects[N].FACT",
    ...Object.entries(RESULT_LISTS).filter(([list]) => !hasShorterName(list)).flatMap(([list, { names }]) =>
      names.map((name) => `${list}[N].${name}`)
    ),
  ],
  profile: [
    "findings.CODE",
    "findings.SEVERITY",
    ...FINDING_LISTS.flatMap((list) => FINDINGS.names.map((name) => `${list}.${name}`)),
  ],
};

/** Names of the facts of a result, without those that have a shorter name as well. */
const RESULT_NAMES = Object.keys(RESULT_FACTS).filter((name) => !hasShorterName(name));

function hasShorterName(name: string): boolean {
  return name.startsWith("tls.certificate") || name.startsWith("chain.earliestCertificate");
}

/** Finds the fact that a path names; `undefined` if there is no such fact. */
export function resolveFact(
  steps: readonly Step[],
  names: ExperimentNames | undefined,
): ResolvedFact | undefined {
  const experiment = resolveExperiment(steps, names);
  if (experiment !== undefined) return { profile: experiment, row: experiment };
  const result = resolveOfResult(steps);
  const profile = resolveOfProfile(steps, names);
  if (result === undefined && profile === undefined) return undefined;
  return { result, row: result, profile };
}

/** Lists the names of all facts, or only those that begin like the path, if there are any. */
export function listFacts(
  steps: readonly Step[],
  subject: ExpectationSubject | undefined,
  names: ExperimentNames | undefined,
): string[] {
  const experiments = [
    ...names?.shortNames.keys() ?? [],
    ...EXPERIMENT_PARTS.map((part) => `experiments.NAME.${part}`),
  ];
  const facts = new Set([
    ...(subject === "profile" ? [] : [...RESULT_NAMES, ...OPEN_FACTS.result]),
    ...(subject === "result" || subject === "row"
      ? []
      : [...Object.keys(PROFILE_FACTS), ...OPEN_FACTS.profile]),
    ...(subject === "result" ? [] : experiments),
  ]);
  const root = String(steps[0]?.name);
  // A user who names an experiment means one of its facts.
  if (subject !== "result" && names?.experiments.includes(root)) {
    return EXPERIMENT_PARTS.map((part) => `experiments.${root}.${part}`);
  }
  const related = [...facts].filter((name) => name.split(/[.[]/, 1)[0] === root);
  const nearer = related.filter((name) => name.startsWith(`${root}.${String(steps[1]?.name)}.`));
  return [nearer, related, [...facts]].find((list) => list.length > 0)!;
}

/** Lists the names that may come second in a path, if the first name has a list of its own. */
export function listNames(
  steps: readonly Step[],
  names: ExperimentNames | undefined,
): { what: string; names: readonly string[] } | undefined {
  const [root, name] = steps.map((step) => step.name);
  if (typeof name !== "string") return undefined;
  if (root === "deviations") return { what: "deviation", names: DEVIATION_GROUPS };
  if (root === "findings" && !isFinding(name, names)) {
    return { what: "finding", names: names?.findings ?? [] };
  }
  return root === "experiments" && !isExperiment(name, names)
    ? { what: "experiment", names: names?.experiments ?? [] }
    : undefined;
}

function resolveExperiment(
  steps: readonly Step[],
  names: ExperimentNames | undefined,
): Fact<WithExperiments> | undefined {
  const [root, name] = steps.map((step) => step.name);
  if (root !== "experiments") return lookUp(shortNameFacts(names), steps);
  if (typeof name !== "string" || !isExperiment(name, names)) return undefined;
  return experimentFact(name, steps.slice(2), names);
}

function resolveOfProfile(
  steps: readonly Step[],
  names: ExperimentNames | undefined,
): Fact<ConnectionProfile> | undefined {
  const [root, name] = steps.map((step) => step.name);
  if (root !== "findings" || steps.length === 1) return lookUp(PROFILE_FACTS, steps);
  if (isPlace(name)) return FINDINGS.resolve(steps.slice(1));
  return isFinding(String(name), names) ? findingFact(String(name), steps.slice(2)) : undefined;
}

function resolveOfResult(steps: readonly Step[]): Fact<ProbeResult> | undefined {
  const [root, name] = steps.map((step) => step.name);
  if (root === "json") return jsonFact(steps.slice(1));
  if (root === "header") return fieldFact(({ headers }) => headers, steps.slice(1));
  if (root === "trailer") return fieldFact(({ body }) => body?.trailers, steps.slice(1));
  const place = steps.findIndex((step) => isPlace(step.name));
  if (place > 0) {
    const list = steps.slice(0, place).map((step) => step.name).join(".");
    const behind = steps.slice(place);
    if (list === "redirects") return redirectFact(behind, resolveOfResult);
    if (Object.hasOwn(RESULT_LISTS, list)) return RESULT_LISTS[list]!.resolve(behind);
  }
  if (root === "deviations" && steps.length === 2 && DEVIATION_GROUPS.includes(String(name))) {
    return deviationFact(String(name));
  }
  return lookUp(RESULT_FACTS, steps);
}

/** Tells if a name may be that of an experiment. Without a list of names, every name may be. */
function isExperiment(name: string, names: ExperimentNames | undefined): boolean {
  return names?.experiments.includes(name) ?? true;
}

function isFinding(name: string, names: ExperimentNames | undefined): boolean {
  return names?.findings.includes(name) ?? true;
}
