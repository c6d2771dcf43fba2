/**
 * Outcomes that chance decides: what was counted, and how far the count reaches.
 *
 * @module
 */

/** The share of repetitions in which the bound holds. */
const CONFIDENCE = 0.95;
/** Steps that halve the interval: more than a share with two decimals needs. */
const STEPS = 40;

/** The counts of tries that chance decides, as they stand in the facts. `diff` leaves out what they decide. */
export interface Chance {
  readonly tries: number;
  readonly lost: number;
  /** The share that is lost at most, with 95 % confidence; `null` without tries. */
  readonly atMost: number | null;
}

/** Counts tries and says how large the share of the lost ones may be nevertheless. */
export function countChance(tries: number, lost: number): Chance {
  return { tries, lost, atMost: tries === 0 ? null : upperBound(tries, lost) };
}

/** The bound in words: `at most 26 % at 95 % confidence`. */
export function formatBound({ atMost }: Chance): string {
  return `at most ${Math.ceil((atMost ?? 1) * 100)} % at ${CONFIDENCE * 100} % confidence`;
}

/** Clopper and Pearson's exact bound: the share at which so few losses, or fewer, are just improbable. */
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

/** Computes the probability of at most this number of losses, if each try is lost with the same probability. */
function probabilityOfAtMost(lost: number, tries: number, share: number): number {
  let term = (1 - share) ** tries;
  let sum = term;
  for (let count = 1; count <= lost; count++) {
    term *= ((tries - count + 1) / count) * (share / (1 - share));
    sum += term;
  }
  return sum;
}
