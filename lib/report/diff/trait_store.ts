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
  /** The numbers of the facts of each combination, separated by commas. */
  readonly #combinations: string[] = [];

  /** Stores the facts of a row. */
  store(traits: Traits): StoredTraits {
    const numbers: number[] = [];
    for (const [fact, trait] of traits) numbers.push(this.#numberOf(fact, trait));
    const combination = numbers.join();
    const known = this.#rows.get(combination);
    if (known !== undefined) return known;
    const row = this.#combinations.push(combination) - 1;
    this.#rows.set(combination, row);
    return row;
  }

  /** Finds the facts in which two rows differ, in the order of the facts. */
  compare(before: StoredTraits, after: StoredTraits): Difference[] {
    if (before === after) return [];
    const [old, young] = [this.#without(before, after), this.#without(after, before)];
    return [...new Set([...old.keys(), ...young.keys()])].flatMap((fact) => {
      const [was, is] = [old.get(fact), young.get(fact)];
      return sameTrait(was, is) ? [] : [{ fact, before: was?.value ?? null, after: is?.value ?? null }];
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

  /** Gives the facts of a row that another one does not have, or has with another value. */
  #without(row: StoredTraits, other: StoredTraits): Map<string, Trait> {
    const left = new Set(this.#combinations[other]!.split(","));
    const kept = this.#combinations[row]!.split(",").filter((number) => !left.has(number));
    return new Map(kept.map((number) => this.#traits[Number(number)]!));
  }
}
