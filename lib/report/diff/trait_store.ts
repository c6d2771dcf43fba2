/**
 * Stores the facts of many rows in little memory.
 *
 * @module
 */

import type { Difference } from "./diff.ts";
import { sameTrait, type Trait, type Traits } from "./traits.ts";

/** The number of the facts of one row. Rows with equal facts have the same number. */
export type StoredTraits = number;

/** Keeps each fact once, and each combination of facts once, since most rows of a run agree in most of them. */
export class TraitStore {
  readonly #numbers = new Map<string, number>();
  readonly #traits: (readonly [fact: string, trait: Trait])[] = [];
  readonly #rows = new Map<string, StoredTraits>();
  /** The numbers of the facts of all combinations, one combination after the other. */
  #pool = new Uint32Array(1024);
  /** Where each combination ends in the pool. */
  readonly #ends: number[] = [];

  /** Stores the facts of a row. */
  store(traits: Traits): StoredTraits {
    const numbers: number[] = [];
    for (const [fact, trait] of traits) numbers.push(this.#numberOf(fact, trait));
    const combination = numbers.join();
    const known = this.#rows.get(combination);
    if (known !== undefined) return known;
    const row = this.#append(numbers);
    this.#rows.set(combination, row);
    return row;
  }

  /** Finds the facts in which two rows differ, in the order of the facts. */
  compare(before: StoredTraits, after: StoredTraits): Difference[] {
    if (before === after) return [];
    const [old, young] = [this.#factsOf(before), this.#factsOf(after)];
    const [was, is] = [this.#without(old, young), this.#without(young, old)];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((fact) => {
      const [one, other] = [was.get(fact), is.get(fact)];
      if (sameTrait(one, other)) return [];
      return [{ fact, before: one?.value ?? null, after: other?.value ?? null }];
    });
  }

  #numberOf(fact: string, trait: Trait): number {
    const text = `${fact}\n${JSON.stringify(trait.value)}${trait.range?.join() ?? ""}`;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#traits.push([fact, trait]) - 1;
    this.#numbers.set(text, number);
    return number;
  }

  #append(numbers: readonly number[]): StoredTraits {
    const start = this.#ends.at(-1) ?? 0;
    const end = start + numbers.length;
    if (end > this.#pool.length) {
      const larger = new Uint32Array(2 * end);
      larger.set(this.#pool);
      this.#pool = larger;
    }
    this.#pool.set(numbers, start);
    return this.#ends.push(end) - 1;
  }

  #factsOf(row: StoredTraits): Uint32Array {
    return this.#pool.subarray(this.#ends[row - 1] ?? 0, this.#ends[row]);
  }

  /** Gives the facts of a row that another one does not have, or has with another value. */
  #without(numbers: Uint32Array, others: Uint32Array): Map<string, Trait> {
    const kept = new Map<string, Trait>();
    for (let index = 0; index < numbers.length; index++) {
      const number = numbers[index]!;
      // Most facts stand at the same place in both.
      if (others[index] !== number && !others.includes(number)) kept.set(...this.#traits[number]!);
    }
    return kept;
  }
}
