/**
 * Collects the facts of a connection profile that two profiles are compared by.
 *
 * @module
 */

import type { ConnectionProfile, ExperimentReport } from "../../result.ts";
import { addTraits, type Traits } from "./traits.ts";

/** Facts that are not compared: they differ from run to run, or another fact sums them up. */
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

/** The facts that are compared even if the outcome depends on chance. */
const CERTAIN: readonly string[] = ["answeredBy", "method"];

/** The outcomes that mean that figures change from try to try, and the facts with such figures. */
const UNSTEADY: ReadonlySet<string> = new Set(["unsteady", "mixed"]);
const FIGURES: readonly string[] = ["requests", "answered", "how", "oneWrite", "separateWrites"];

/** Replaces an outcome that depends on chance, so that two runs of the experiment compare as equal. */
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
  // If the outcome of an experiment depends on chance, its findings may come and go without a change of the
  // server.
  const lasting = profile.findings.filter(({ experiment }) => !isChance(profile.experiments[experiment]));
  traits.set("findings", { value: [...new Set(lasting.map(({ code }) => code))].sort() });
  for (const { expect, ok } of profile.checks) traits.set(`checks.${expect}`, { value: ok });
  return traits;
}

function isChance(report: ExperimentReport | undefined): boolean {
  return report?.facts.chance !== undefined;
}

/** Adds the facts of an experiment to compare. */
export function addExperiment(traits: Traits, path: string, report: ExperimentReport): void {
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

/** If several unlike servers share an address, chance decides which of them answers an experiment. */
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
