/**
 * Finds servers behind one name that keep idle connections for different times.
 *
 * @module
 */

import type { ExperimentReport } from "../../result.ts";
import type { FindingOf, FindingRule } from "./finding_rule.ts";
import { type IdleSampleFacts, keptSamples } from "./idle_samples.ts";

/** Maximum seconds by which a server that checks its connections once a second closes them late. */
const SWEEP = 1.3;

/** Looks for samples of different addresses whose spans differ by more than that delay. */
export const UNEQUAL_ADDRESSES: FindingRule<"addresses-differ"> = {
  codes: ["addresses-differ"],
  find: findUnequalAddresses,
};

function findUnequalAddresses(idle: ExperimentReport): FindingOf<"addresses-differ"> | undefined {
  const byAddress = Map.groupBy(keptSamples(idle), ({ address }) => address);
  const shortest = [...byAddress.values()].map((all) => all.toSorted(byTime)[0]!).sort(byTime);
  const [least, most] = [shortest[0], shortest.at(-1)];
  if (!least || !most || timeOf(most) - timeOf(least) <= Math.max(SWEEP, 0.1 * timeOf(least))) {
    return undefined;
  }
  return {
    code: "addresses-differ",
    severity: "problem",
    experiment: "idle-timeout",
    message: `${least.address} closes idle connections after ${timeOf(least)} s, ${most.address} ${
      most.seconds === undefined ? "keeps them for at least" : "after"
    } ${timeOf(most)} s`,
    advice:
      "give the servers behind the name the same configuration: clients must expect the shortest idle timeout",
  };
}

function byTime(one: IdleSampleFacts, other: IdleSampleFacts): number {
  return timeOf(one) - timeOf(other);
}

function timeOf({ seconds, atLeast }: IdleSampleFacts): number {
  return seconds ?? atLeast ?? 0;
}
