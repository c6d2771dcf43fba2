/**
 * Describes outcomes that depend on chance: the counts, and the conclusions that they allow.
 *
 * @module
 */

/** The confidence of the bound. */
const CONFIDENCE = 0.95;
/** Steps that halve the interval: more than two decimals of a share need. */
const STEPS = 40;

/** The counts of tries that depend on chance, as they stand in the facts. `diff` ignores values that depend on them. */
export interface Chance {
  readonly tries: number;
  readonly lost: number;
  /** The maximum share of losses, with 95 % confidence; `null` without tries. */
  readonly atMost: number | null;
}

/** Counts tries and computes how large the share of losses may still be. */
export function countChance(tries: number, lost: number): Chance {
  return { tries, lost, atMost: tries === 0 ? null : upperBound(tries, lost) };
}

/** Formats the bound in words: `at most 26 % at 95 % confidence`. */
export function formatBound({ atMost }: Chance): string {
  return `at most ${Math.ceil((atMost ?? 1) * 100)} % at ${CONFIDENCE * 100} % confidence`;
}

/** Computes Clopper and Pearson's exact bound: the share at which this few losses, or fewer, just become improbable. */
function upperBound(tries: number, lost: number): number {
  if (lost >= tries) return 1;
  let [low, high] = [lost / tries, 1];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (probabilityOfAtMost(lost, tries, middle) > 1 - CONFIDENCE) low = middle;
    else high = middle;
  }
  return Math.round(high * 1000) / 1000;
}

/** Computes the probability of at most this number of losses, if the probability of each loss is the same. */
function probabilityOfAtMost(lost: number, tries: number, share: number): number {
  let term = (1 - share) ** tries;
  let sum = term;
  for (let count = 1; count <= lost; count++) {
    term *= ((tries - count + 1) / count) * (share / (1 - share));
    sum += term;
  }
  return sum;
}
