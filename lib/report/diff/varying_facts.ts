/**
 * Finds facts that have another value in each answer, such as numbers of requests or names of servers in a pool.
 *
 * @module
 */

import type { Difference } from "./diff.ts";

/** The facts whose value a server chooses freely. */
const FREE = /^(?:header\.|redirects$)/;

/** With fewer differences, nobody can tell whether chance made them. */
const FEWEST = 10;
/** Differences of a fact that are looked at; the others are only counted. */
const MOST_LOOKED_AT = 2_000;
/** Least share of the rows with a fact that differ, if each answer has a token or a figure of its own. */
const TOKEN_SHARE = 0.8;
/** The same share if the values of rows change places, as those of a cache or a pool do. */
const SWAP_SHARE = 0.05;
/** If values change places, about as many rows lose each value as gain it. */
const MOST_UNEVEN = 0.5;

/** Gathers the differences of two runs by fact. */
export class VaryingFacts {
  readonly #facts = new Map<string, FactChanges>();

  /** Adds the differences of one target. */
  add(differences: readonly Difference[]): void {
    for (const { fact, before, after } of differences) {
      if (before === null || after === null || !FREE.test(fact)) continue;
      let changes = this.#facts.get(fact);
      if (changes === undefined) this.#facts.set(fact, changes = new FactChanges());
      changes.add(textOf(before), textOf(after));
    }
  }

  /**
   * Tells which facts vary from answer to answer, so that their differences say nothing about the targets.
   *
   * @param pairsWith Gives the number of pairs of rows that have a fact
   */
  find(pairsWith: (fact: string) => number): ReadonlySet<string> {
    const found = [...this.#facts].filter(([fact, changes]) => changes.byChance(pairsWith(fact)));
    return new Set(found.map(([fact]) => fact));
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The changes of one fact. */
class FactChanges {
  #count = 0;
  #looked = 0;
  /** Changes to a larger value, less those to a smaller one. */
  #upwards = 0;
  /** Changes in a part of the value that has a digit. */
  #tokens = 0;
  /** The new values of the part that changed. */
  readonly #parts = new Set<string>();
  /** For each value the rows that gained it, less those that lost it. */
  readonly #flow = new Map<string, number>();

  add(before: string, after: string): void {
    this.#count++;
    if (this.#looked === MOST_LOOKED_AT) return;
    this.#looked++;
    this.#upwards += isLarger(after, before) ? 1 : -1;
    this.#flow.set(after, (this.#flow.get(after) ?? 0) + 1);
    this.#flow.set(before, (this.#flow.get(before) ?? 0) - 1);
    const [was, is] = changedParts(before, after);
    if (/\d/.test(was + is)) this.#tokens++;
    this.#parts.add(is);
  }

  byChance(pairs: number): boolean {
    if (this.#count < FEWEST) return false;
    const share = this.#count / pairs;
    return share >= TOKEN_SHARE && this.#areTokens() || share >= SWAP_SHARE && this.#changePlaces();
  }

  /** Each answer has a token or a figure of its own. */
  #areTokens(): boolean {
    return this.#tokens >= 0.9 * this.#looked && this.#parts.size >= 0.5 * this.#looked;
  }

  /** The values are those that other rows had before, in no direction. */
  #changePlaces(): boolean {
    const uneven = this.#flow.values().reduce((sum, flow) => sum + Math.abs(flow), 0) / (2 * this.#looked);
    return uneven <= MOST_UNEVEN && Math.abs(this.#upwards) <= MOST_UNEVEN * this.#looked;
  }
}

/** Compares figures as figures if the values differ in one, and otherwise as text. */
function isLarger(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => Number(/\d+/.exec(text)?.[0] ?? NaN));
  return a === b || Number.isNaN(a! - b!) ? one > other : a! > b!;
}

/** Leaves out what both texts begin and end with. */
function changedParts(one: string, other: string): [string, string] {
  const least = Math.min(one.length, other.length);
  let start = 0;
  while (start < least && one[start] === other[start]) start++;
  let end = 0;
  while (end < least - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
}
