/**
 * The facts of a connection profile, and of the experiments that a batch adds to a result.
 *
 * @module
 */

import type { ExperimentNames } from "../conn/experiment_names.ts";
import { ERROR_KINDS } from "../error_kind.ts";
import type { ConnectionProfile, ExperimentReport } from "../result.ts";
import {
  type Bound,
  type Fact,
  fact,
  type FactTable,
  type FactUnit,
  type Found,
  lookUp,
  LowerBound,
  several,
  within,
} from "./fact.ts";
import { walk } from "./json_fact.ts";
import type { Step } from "./path.ts";

/** A subject with experiments: a profile, or a row of a batch. */
export interface WithExperiments {
  /** Reports of experiments by name. */
  readonly experiments?: Readonly<Record<string, ExperimentReport>>;
}

/** Facts that only profiles have. */
export const PROFILE_FACTS: FactTable<ConnectionProfile> = {
  "input": fact("text", (profile) => profile.input),
  "url": fact("text", (profile) => profile.url),
  "startedAt": fact("text", (profile) => profile.startedAt),
  "ok": fact("flag", (profile) => profile.ok),
  "contact": fact("presence", (profile) => profile.contact ?? null),
  "contact.local.address": fact("text", (profile) => profile.contact?.local.address ?? null),
  "contact.local.port": fact("number", (profile) => profile.contact?.local.port ?? null),
  "contact.peer.address": fact("text", (profile) => profile.contact?.peer.address ?? null),
  "contact.peer.port": fact("number", (profile) => profile.contact?.peer.port ?? null),
  "error": fact("presence", (profile) => profile.error ?? null),
  "error.kind": fact("text", (profile) => profile.error?.kind ?? null, { values: Object.keys(ERROR_KINDS) }),
  "error.phase": fact("text", (profile) => profile.error?.phase ?? null),
  "error.by": fact("text", (profile) => profile.error?.by ?? null),
  "error.message": fact("text", (profile) => profile.error?.message ?? null),
  "findings": fact("count", (profile) => profile.error === undefined ? profile.findings.length : undefined),
};

/** Units of the facts of experiments that are durations, by name. */
const UNITS: Readonly<Record<string, FactUnit>> = {
  seconds: "s",
  announced: "s",
  after: "ms",
  finAfter: "ms",
};

/** Options that bound a figure, by the name of the figure. */
const BOUNDS: Readonly<Record<string, Bound>> = { seconds: "idleLimit", requests: "maxRequests" };

/** Makes the facts that short names stand for. */
export function shortNameFacts(names: ExperimentNames | undefined): FactTable<WithExperiments> {
  return Object.fromEntries(
    [...names?.shortNames ?? []].map((
      [name, { experiment, part }],
    ) => [name, shortNameFact(experiment, part, names)]),
  );
}

function shortNameFact(
  experiment: string,
  part: string,
  names: ExperimentNames | undefined,
): Fact<WithExperiments> {
  return part === "outcome"
    ? outcomeFact(experiment, names)
    : measuredFact(experiment, [{ name: part, at: 0 }]);
}

function figureFact(experiment: string, figure: string): Fact<WithExperiments> {
  return fact("number", (subject) => measured(subject, experiment, figure), {
    unit: unitOf(figure),
    experiment,
    boundBy: BOUNDS[figure],
  });
}

function outcomeFact(experiment: string, names: ExperimentNames | undefined): Fact<WithExperiments> {
  const outcomes = names?.outcomes?.get(experiment);
  return fact("text", (subject) => outcome(subject, experiment), {
    experiment,
    values: outcomes && [...outcomes, "unknown", "skipped"],
  });
}

function unitOf(name: string): FactUnit | undefined {
  return name.endsWith("Ms") ? "ms" : UNITS[name];
}

/** Parts of the report of an experiment, for messages that list the facts. */
export const EXPERIMENT_PARTS: readonly string[] = [
  "outcome",
  "summary",
  "ms",
  "evidence",
  "evidence[N]",
  "facts.PATH",
];

/** Makes a fact about one experiment: its outcome, summary, duration, evidence, or one of its facts by path. */
export function experimentFact(
  name: string,
  steps: readonly Step[],
  names: ExperimentNames | undefined,
): Fact<WithExperiments> | undefined {
  const [part, ...path] = steps;
  const report = ({ experiments }: WithExperiments) => experiments?.[name];
  const experiment = { experiment: name };
  switch (part?.name) {
    case "facts":
      return measuredFact(name, path);
    case "evidence": {
      const lines = fact<WithExperiments>(
        path.length === 0 ? "count" : "text",
        (subject) => within(report(subject)?.evidence, path.length === 0 ? ({ length }) => length : several),
        { ...experiment, list: true },
      );
      return lookUp({ "evidence": lines }, steps);
    }
  }
  return lookUp<WithExperiments>({
    "outcome": outcomeFact(name, names),
    "summary": fact("text", (subject) => report(subject)?.summary, experiment),
    "ms": fact("number", (subject) => report(subject)?.ms, { unit: "ms", ...experiment }),
  }, steps);
}

function measuredFact(experiment: string, path: readonly Step[]): Fact<WithExperiments> {
  const [first, ...rest] = path.map((step) => String(step.name));
  if (first !== undefined && rest.length === 0 && Object.hasOwn(BOUNDS, first)) {
    return figureFact(experiment, first);
  }
  const unit = unitOf(String(path.at(-1)?.name));
  const read = (subject: WithExperiments) => walk(subject.experiments?.[experiment]?.facts, path);
  return unit === undefined ? fact("any", read, { experiment }) : fact("number", read, { unit, experiment });
}

/** Reads the outcome of an experiment; `undefined` if the experiment could not establish one. */
function outcome(subject: WithExperiments, name: string): Found {
  const found = subject.experiments?.[name]?.outcome;
  return found === "unknown" || found === "skipped" ? undefined : found;
}

/** Reads a figure of an experiment: its value, or its lower bound. */
function measured(subject: WithExperiments, name: string, figure: string): Found {
  const facts = subject.experiments?.[name]?.facts;
  const value = facts?.[figure];
  const atLeast = facts?.["atLeast"];
  const least = atLeast === true ? value : atLeast;
  return typeof least === "number"
    ? new LowerBound(least, { counted: BOUNDS[figure] === "maxRequests" })
    : value;
}
