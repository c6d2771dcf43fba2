/**
 * The behaviour that shows in a connection profile.
 *
 * @module
 */

import type { ConnectionProfile, ExperimentReport } from "../../result.ts";
import { addTraits, type Traits } from "./traits.ts";

/** Facts that say what was measured in this one run, or that stand in another fact in short. */
const VOLATILE: ReadonlySet<string> = new Set([
  "after",
  "answers",
  "at",
  "atLeast",
  "bodyNeverSent",
  "bytes",
  "chunkArrivals",
  "closedAfter",
  "daysLeft",
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
  "sentOctets",
  "tries",
]);

/** Collects what is compared of a profile. */
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
  traits.set("findings", { value: [...new Set(profile.findings.map(({ code }) => code))].sort() });
  for (const { expect, ok } of profile.checks) traits.set(`checks.${expect}`, { value: ok });
  return traits;
}

function addExperiment(traits: Traits, path: string, { outcome, facts }: ExperimentReport): void {
  traits.set(`${path}.outcome`, { value: outcome });
  const { seconds, samples } = facts;
  if (typeof seconds === "number") {
    const all = Array.isArray(samples) ? samples.map(secondsOf).filter((value) => value !== undefined) : [];
    traits.set(`${path}.seconds`, {
      value: seconds,
      range: [Math.min(seconds, ...all), Math.max(seconds, ...all)],
    });
  }
  addTraits(traits, path, withoutTimes(facts), VOLATILE);
}

function secondsOf(sample: unknown): number | undefined {
  if (typeof sample !== "object" || sample === null || !("seconds" in sample)) return undefined;
  return typeof sample.seconds === "number" ? sample.seconds : undefined;
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
