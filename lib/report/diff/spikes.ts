/**
 * Tells single long times that come and go, such as those of a lost packet, from targets that became slower or faster.
 *
 * @module
 */

import { FEWEST_VALUES, type PaceChange } from "./pace.ts";

/** Targets with few times on each side that took far longer, or far less long, by chance. */
export interface RunSpikes {
  /** Targets that took far longer. */
  readonly slower: number;
  /** Targets that took far less long. */
  readonly faster: number;
}

/** The changes that chance does not explain, and the counts of the others. */
export interface SortedChanges {
  readonly changes: readonly PaceChange[];
  /** Absent without any. */
  readonly spikes?: RunSpikes | undefined;
}

/** With fewer changes in the other direction, nobody can tell that times come and go. */
const FEWEST = 15;
/** The strongest changes count nevertheless if there are this many in one direction … */
const FEWEST_STRONG = 10;
/** … for each as strong one in the other direction. */
const ONE_SIDED = 5;

/**
 * Leaves out changes of few times of which there are about as many in either direction: by chance, a long time of the
 * earlier run is a target that became faster, and one of the later run a target that became slower.
 */
export function sortOutSpikes(changes: readonly PaceChange[]): SortedChanges {
  const singles = changes.filter(({ values }) => values < FEWEST_VALUES)
    .toSorted((one, other) => strengthOf(other) - strengthOf(one));
  const spikes = new Set([...findSpikes(singles, "slower"), ...findSpikes(singles, "faster")]);
  if (spikes.size === 0) return { changes };
  const slower = [...spikes].filter(({ kind }) => kind === "slower").length;
  return {
    changes: changes.filter((change) => !spikes.has(change)),
    spikes: { slower, faster: spikes.size - slower },
  };
}

function strengthOf({ before, after }: PaceChange): number {
  return Math.abs(Math.log(after / before));
}

/** Finds the changes in one direction that chance may have made, in a list that has the strongest first. */
function findSpikes(changes: readonly PaceChange[], kind: PaceChange["kind"]): PaceChange[] {
  const own = changes.filter((change) => change.kind === kind);
  const others = changes.length - own.length;
  if (others < FEWEST || own.length >= ONE_SIDED * others) return [];
  let [count, opposite, kept] = [0, 0, 0];
  for (const change of changes) {
    if (change.kind === kind) count++;
    else opposite++;
    if (count >= FEWEST_STRONG && count >= ONE_SIDED * opposite) kept = count;
  }
  return own.slice(kept);
}
