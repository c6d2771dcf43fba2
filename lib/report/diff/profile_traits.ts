/**
 * The behaviour that shows in a connection profile.
 *
 * @module
 */

import type { ConnectionProfile, ExperimentReport } from "../../result.ts";
import { addTraits, type Traits } from "./traits.ts";

/** Facts that differ from run to run, or that another fact sums up. */
const VOLATILE: ReadonlySet<string> = new Set([
  "after",
  "answers",
  "at",
  "atLeast",
  "backends",
  "bodyNeverSent",
  "bytes",
  "chance",
  "chunkArrivals",
  "closedAfter",
  "daysLeft",
  "finAfter",
  "loss",
  "lost",
  "lostShare",
  "order",
  "perRead",
  "pieces",
  "readCount",
  "reads",
  "samples",
  "seconds",
  "sent",
  "serviceGap",
  "limitPassed",
  "sentOctets",
  "sweep",
  "tries",
]);

/** Facts that are compared although chance decides the outcome. */
const CERTAIN: readonly string[] = ["answeredBy", "method"];

/** Outcomes that say that figures change from try to try, and the facts that hold such figures. */
const UNSTEADY: ReadonlySet<string> = new Set(["unsteady", "mixed"]);
const FIGURES: readonly string[] = ["requests", "answered", "how", "oneWrite", "separateWrites"];

/** Replaces the outcome of an experiment that chance decides, so that two runs of it compare as equal. */
const BY_CHANCE = "decided by chance";

/** Collects the facts of a profile to compare. */
export function profileTraits(profile: ConnectionProfile): Traits {
  const traits: Traits = new Map();
  traits.set("ok", { value: profile.ok });
  if (profile.error) {
    const { kind, phase, by } = profile.error;
    addTraits(traits, "error", { kind, phase, by }, VOLATILE);
  }
  for (const [name, report] of Object.entries(profile.experiments)) {
    addExperiment(traits, `experiments.${name}`, report);
  }
  // A finding of an experiment that chance decides may come and go without a change of the server.
  const lasting = profile.findings.filter(({ experiment }) => !isChance(profile.experiments[experiment]));
  traits.set("findings", { value: [...new Set(lasting.map(({ code }) => code))].sort() });
  for (const { expect, ok } of profile.checks) traits.set(`checks.${expect}`, { value: ok });
  return traits;
}

function isChance(report: ExperimentReport | undefined): boolean {
  return report?.facts.chance !== undefined;
}

function addExperiment(traits: Traits, path: string, report: ExperimentReport): void {
  const { outcome, facts } = report;
  traits.set(`${path}.outcome`, { value: isChance(report) ? BY_CHANCE : outcome });
  const { seconds, samples } = facts;
  if (typeof seconds === "number") {
    const all = Array.isArray(samples) ? samples.map(secondsOf).filter((value) => value !== undefined) : [];
    traits.set(`${path}.seconds`, {
      value: seconds,
      range: [Math.min(seconds, ...all), Math.max(seconds, ...all)],
    });
  }
  const compared = isChance(report)
    ? Object.fromEntries(CERTAIN.map((name) => [name, facts[name]]))
    : withoutTimes(withoutFigures(outcome, withoutChanceServers(facts)));
  addTraits(traits, path, compared, VOLATILE);
}

function secondsOf(sample: unknown): number | undefined {
  if (typeof sample !== "object" || sample === null || !("seconds" in sample)) return undefined;
  return typeof sample.seconds === "number" ? sample.seconds : undefined;
}

function withoutFigures(outcome: string, facts: ExperimentReport["facts"]): ExperimentReport["facts"] {
  if (!UNSTEADY.has(outcome)) return facts;
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !FIGURES.includes(name)));
}

/** Which of unlike servers answered an experiment is chance. */
function withoutChanceServers(
  { answeredBy, ...facts }: ExperimentReport["facts"],
): ExperimentReport["facts"] {
  return facts["backends"] === undefined ? { ...facts, answeredBy } : facts;
}

/** Facts whose name ends in `Ms` are times, at every depth. */
function withoutTimes(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => !name.endsWith("Ms")).map((
      [name, inner],
    ) => [name, withoutTimes(inner)]),
  );
}
