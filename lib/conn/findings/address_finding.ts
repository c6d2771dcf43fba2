/**
 * Whether the servers behind a name keep idle connections equally long.
 *
 * @module
 */

import type { ExperimentReport, Finding } from "../../result.ts";

/** Servers that look at idle connections once a second close them up to so many seconds late, and a bit. */
const SWEEP = 1.3;

/** A sample of `idle-timeout`, as it stands in its facts. */
interface AddressSample {
  readonly address: string;
  readonly seconds?: number;
  readonly atLeast?: number;
  /** `false` where the connection was closed with the answer. */
  readonly kept?: boolean;
}

/** Samples of different addresses whose spans lie further apart than servers' clocks tick. */
export function findUnequalAddresses(
  { "idle-timeout": idle }: Readonly<Record<string, ExperimentReport>>,
): Finding | undefined {
  const samples = Array.isArray(idle?.facts.samples) ? idle.facts.samples as readonly AddressSample[] : [];
  const byAddress = Map.groupBy(samples.filter(({ kept }) => kept !== false), ({ address }) => address);
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
      "bring the servers behind the name to one configuration: the shortest idle timeout is the one that counts",
  };
}

function byTime(one: AddressSample, other: AddressSample): number {
  return timeOf(one) - timeOf(other);
}

function timeOf({ seconds, atLeast }: AddressSample): number {
  return seconds ?? atLeast ?? 0;
}
