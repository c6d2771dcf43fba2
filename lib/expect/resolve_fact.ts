import type { ConnectionProfile, ProbeResult } from "../result.ts";
import type { Fact, FactTable } from "./fact.ts";
import { EXPERIMENT_NAMES, FINDING_GROUPS } from "./conn_names.ts";
import { jsonFact } from "./json_fact.ts";
import type { Step } from "./path.ts";
import {
  EXPERIMENT_FACTS,
  experimentFact,
  findingFact,
  PROFILE_FACTS,
  type WithExperiments,
} from "./profile_facts.ts";
import {
  DEVIATION_GROUPS,
  deviationFact,
  ELEMENT_FACTS,
  headerFact,
  RESULT_FACTS,
  trailerFact,
} from "./result_facts.ts";

/** What expectations can be about; a `row` is a result that experiments were added to. */
export type ExpectationSubject = "result" | "profile" | "row";

/** How a fact is read from each subject that has it. */
export interface ResolvedFact {
  readonly result?: Fact<ProbeResult>;
  readonly profile?: Fact<ConnectionProfile>;
  readonly row?: Fact<ProbeResult & WithExperiments>;
}

/** Names of facts with a part that the user chooses, for lists of what exists. */
const OPEN_FACTS: Readonly<Record<"result" | "profile", readonly string[]>> = {
  result: [
    "header.NAME",
    "header.NAME[N]",
    "trailer.NAME",
    "json.PATH",
    "deviations.CODE",
    "deviations.CLASS",
    "redirects[N].FACT",
    ...Object.entries(ELEMENT_FACTS).flatMap(([list, facts]) =>
      Object.keys(facts(0)).map((name) => `${list}[N].${name}`)
    ),
  ],
  profile: ["findings.CODE", "findings.SEVERITY"],
};

/** Without those that have a shorter name as well. */
const RESULT_NAMES = Object.keys(RESULT_FACTS).filter((name) => !name.startsWith("tls.certificate"));

const EXPERIMENT_PARTS = ["outcome", "summary", "ms", "facts"] as const;

/** Finds the fact that a path names; `undefined` if there is none. */
export function resolveFact(steps: readonly Step[]): ResolvedFact | undefined {
  const experiment = resolveExperiment(steps);
  if (experiment !== undefined) return { profile: experiment, row: experiment };
  const result = resolveOfResult(steps);
  const profile = resolveOfProfile(steps);
  if (result === undefined && profile === undefined) return undefined;
  return { ...(result && { result, row: result }), ...(profile && { profile }) };
}

/** The names of all facts, those that begin like the path if there are any. */
export function listFacts(steps: readonly Step[], subject: ExpectationSubject | undefined): string[] {
  const experiments = [
    ...Object.keys(EXPERIMENT_FACTS),
    ...EXPERIMENT_PARTS.map((part) => `experiments.NAME.${part}${part === "facts" ? ".PATH" : ""}`),
  ];
  const names = new Set([
    ...(subject === "profile" ? [] : [...RESULT_NAMES, ...OPEN_FACTS.result]),
    ...(subject === "result" || subject === "row"
      ? []
      : [...Object.keys(PROFILE_FACTS), ...OPEN_FACTS.profile]),
    ...(subject === "result" ? [] : experiments),
  ]);
  const root = String(steps[0]?.name);
  const related = [...names].filter((name) => name.split(/[.[]/, 1)[0] === root);
  return related.length > 0 ? related : [...names];
}

/** Where the second name of a path is one of a list of its own: what it names, and the list. */
export function listNames(steps: readonly Step[]): { what: string; names: readonly string[] } | undefined {
  const [root, name] = steps.map((step) => step.name);
  if (typeof name !== "string") return undefined;
  if (root === "deviations") return { what: "deviation", names: DEVIATION_GROUPS };
  if (root === "findings") return { what: "finding", names: FINDING_GROUPS };
  return root === "experiments" && !EXPERIMENT_NAMES.includes(name)
    ? { what: "experiment", names: EXPERIMENT_NAMES }
    : undefined;
}

function resolveExperiment(steps: readonly Step[]): Fact<WithExperiments> | undefined {
  const [root, name, part, ...path] = steps.map((step) => step.name);
  if (root !== "experiments") return lookUp(EXPERIMENT_FACTS, steps);
  const known = EXPERIMENT_PARTS.find((it) => it === part);
  if (typeof name !== "string" || !EXPERIMENT_NAMES.includes(name) || known === undefined) return undefined;
  if ((known === "facts") !== (path.length > 0)) return undefined;
  return experimentFact(name, known, steps.slice(3));
}

function resolveOfProfile(steps: readonly Step[]): Fact<ConnectionProfile> | undefined {
  const [root, name] = steps.map((step) => step.name);
  if (root === "findings" && steps.length === 2 && FINDING_GROUPS.includes(String(name))) {
    return findingFact(String(name));
  }
  return lookUp(PROFILE_FACTS, steps);
}

function resolveOfResult(steps: readonly Step[]): Fact<ProbeResult> | undefined {
  const [root, name, ...rest] = steps.map((step) => step.name);
  if (root === "json") return jsonFact(steps.slice(1));
  if (root === "header" || root === "trailer") return resolveField(root, name, rest);
  if (typeof name === "number") return resolveElement(String(root), name, steps.slice(2));
  if (root === "deviations" && steps.length === 2 && DEVIATION_GROUPS.includes(String(name))) {
    return deviationFact(String(name));
  }
  return lookUp(RESULT_FACTS, steps);
}

function resolveField(
  root: "header" | "trailer",
  name: Step["name"] | undefined,
  rest: readonly Step["name"][],
): Fact<ProbeResult> | undefined {
  const [index] = rest;
  if (typeof name !== "string" || rest.length > 1) return undefined;
  if (index !== undefined && typeof index !== "number") return undefined;
  return root === "header" ? headerFact(name, index) : trailerFact(name, index);
}

function resolveElement(list: string, index: number, rest: readonly Step[]): Fact<ProbeResult> | undefined {
  if (list !== "redirects") return lookUp(ELEMENT_FACTS[list]?.(index) ?? {}, rest);
  const inner = resolveOfResult(rest);
  if (inner === undefined || inner.needs !== undefined) return undefined; // Bodies of earlier hops are not kept.
  return {
    ...inner,
    read: (result) => {
      const hop = result.redirects.at(index);
      return hop === undefined ? undefined : inner.read(hop);
    },
  };
}

function lookUp<Subject>(table: FactTable<Subject>, steps: readonly Step[]): Fact<Subject> | undefined {
  const name = steps.map((step) => String(step.name)).join(".");
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
