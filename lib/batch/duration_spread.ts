/**
 * Remembers how long tries take, and tells how long a running one may still take.
 *
 * @module
 */

/** Parts of each doubling of a duration. */
const PARTS = 8;
/** Enough for 2²⁴ ms, which is nearly five hours. */
const BINS = 24 * PARTS + 1;
/** Once this many durations count, each of them counts half: a server may become faster or slower. */
const MOST = 200;
/** Part of all durations that may count in any case: hosts that hang end together, long after those that began with them. */
const LATEST = 1 / 4;
/** A try that takes this many times as long as the longest one is unlike all others. */
export const FAR = 3;
/** A try of fewer milliseconds is slow rather than gone, even among quick ones. */
export const SLOW = 1_000;
/** A limit ends a try at most this many times as late on a busy machine. */
const LATE = 1.2;

/** Tries that hang until a time limit ends them. */
export interface Hanging {
  /** Their part of all tries, from 0 to 1. */
  readonly share: number;
  /** The limit, in milliseconds from the start of a try. */
  readonly end: number;
}

/** Counts durations by size; recent ones weigh more. */
export class DurationSpread {
  readonly #counts = new Float64Array(BINS);
  readonly #sums = new Float64Array(BINS);
  readonly #limits: readonly number[];
  #total = 0;
  #added = 0;
  #longest = 0;

  /** @param limits Time limits in milliseconds, at which a try that takes longer than all others probably ends. */
  constructor(limits: readonly number[] = []) {
    this.#limits = limits.toSorted((a, b) => a - b);
  }

  /** True if no duration is known. */
  get isEmpty(): boolean {
    return this.#total === 0;
  }

  /** Adds a duration in milliseconds. */
  add(ms: number): void {
    const bin = binOf(ms);
    this.#counts[bin]! += 1;
    this.#sums[bin]! += ms;
    this.#total += 1;
    this.#longest = Math.max(this.#longest, ms);
    if (this.#total < Math.max(MOST, ++this.#added * LATEST)) return;
    for (let i = 0; i < BINS; i++) {
      this.#counts[i]! /= 2;
      this.#sums[i]! /= 2;
    }
    this.#total /= 2;
  }

  /** The longest duration so far, in milliseconds. */
  get longest(): number {
    return this.#longest;
  }

  /**
   * Gives the time limit that ends a try of this age, in milliseconds from its start. It may have passed a moment ago: the
   * limit of a try is later if this machine was busy.
   */
  limitAfter(age: number): number {
    return this.#limits.find((limit) => limit * LATE > age) ?? Infinity;
  }

  /**
   * Gives the milliseconds that a try of this age still takes on average.
   *
   * @param hanging The part of all tries that hang, if some are known to do so
   */
  rest(age: number, hanging?: Hanging): number {
    let count = 0;
    let sum = 0;
    for (let bin = binOf(age); bin < BINS; bin++) {
      count += this.#counts[bin]!;
      sum += this.#sums[bin]!;
    }
    if (count === 0) return hanging ? Math.max(0, hanging.end - age) : this.#unheardOf(age);
    // A part of the durations of its own bin is shorter.
    const rest = Math.max(sum / count - age, age / (8 * PARTS));
    if (hanging === undefined) return rest;
    // The older a try is, the fewer others are as long.
    const others = (1 - hanging.share) * count / this.#total;
    return (others * rest + hanging.share * Math.max(0, hanging.end - age)) / (others + hanging.share);
  }

  /** Gives the milliseconds that the longest of several tries of this age still takes, by its median. */
  longestRest(age: number, tries: number): number {
    let count = 0;
    for (let bin = binOf(age); bin < BINS; bin++) count += this.#counts[bin]!;
    if (count === 0) return this.#unheardOf(age);
    let longer = 0;
    for (let bin = BINS - 1; bin >= 0; bin--) {
      longer += this.#counts[bin]!;
      // Half of all groups of this size have a longer try.
      if (this.#counts[bin]! > 0 && longer >= count * (1 - 0.5 ** (1 / tries))) {
        return Math.max(this.#sums[bin]! / this.#counts[bin]! - age, age / (8 * PARTS));
      }
    }
    return 0;
  }

  /**
   * Gives the milliseconds from the last of many starts to the end of the last try, by its median.
   *
   * @param pace Starts in a millisecond
   */
  restAtPace(pace: number): number {
    // A try that begins every 1/pace ms outlasts the last start by x with the expected number pace × E[max(0, d − x)].
    const expected = Math.LN2 * this.#total / pace;
    let [count, sum] = [0, 0];
    for (let bin = BINS - 1; bin >= 0; bin--) {
      if (this.#counts[bin] === 0) continue;
      const shorter = this.#sums[bin]! / this.#counts[bin]!;
      if (sum - count * shorter >= expected) break;
      count += this.#counts[bin]!;
      sum += this.#sums[bin]!;
    }
    return count === 0 ? 0 : Math.max(0, (sum - expected) / count);
  }

  /** Gives the rest of a try that takes longer than every earlier one. */
  #unheardOf(age: number): number {
    const left = Math.max(0, this.limitAfter(age) - age);
    // Far from all others, it probably hangs until a limit ends it.
    return age > Math.max(SLOW, FAR * this.#longest) && left < Infinity ? left : Math.min(age, left);
  }
}

function binOf(ms: number): number {
  return Math.min(BINS - 1, Math.floor(PARTS * Math.log2(1 + Math.max(0, ms))));
}
