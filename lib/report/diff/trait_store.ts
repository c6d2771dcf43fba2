/**
 * Stores the facts of many rows in little memory.
 *
 * @module
 */

import type { Difference } from "./diff.ts";
import { TextPool } from "./text_pool.ts";
import { sameTrait, type Trait, type Traits } from "./traits.ts";

/** The number of the facts of one row. Rows with equal facts have the same number. */
export type StoredTraits = number;

/** A fact has few usual values. Values beyond these, such as serial numbers of certificates, stay with their row. */
const MOST_VALUES = 500;
/** A server can name its fields as it likes, so the number of facts has a limit too. */
const MOST_FACTS = 2_000;

/** A fact that many rows may have. */
interface UsualFact {
  /** Rows that have it. */
  rows: number;
  /** The numbers of its usual values. */
  readonly values: Map<unknown, number>;
}

/** Numbers the usual facts, and keeps each combination of facts once, since most rows of a run agree in most facts. */
export class TraitStore {
  /** The facts by their names. A fact whose values need JSON to be told apart has a second entry. */
  readonly #facts = new Map<string, UsualFact>();
  /** The usual facts by their numbers. */
  readonly #usual: (readonly [fact: string, trait: Trait])[] = [];
  /** The facts of each row, with a line for each: the number of a usual fact, or the fact itself as JSON. */
  readonly #rows = new TextPool();

  /** Stores the facts of a row. */
  store(traits: Traits): StoredTraits {
    const lines: string[] = [];
    for (const [fact, trait] of traits) lines.push(this.#encode(fact, trait));
    return this.#rows.add(lines.join("\n"));
  }

  /** Counts the rows that have a fact, as far as facts are counted. */
  rowsWith(fact: string): number {
    return [fact, asJson(fact)].reduce((sum, name) => sum + (this.#facts.get(name)?.rows ?? 0), 0);
  }

  /** Finds the facts in which two rows differ, in the order of the facts. */
  compare(before: StoredTraits, after: StoredTraits): Difference[] {
    if (before === after) return [];
    const [old, young] = [this.#linesOf(before), this.#linesOf(after)];
    const [was, is] = [this.#without(old, young), this.#without(young, old)];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((fact) => {
      const [one, other] = [was.get(fact), is.get(fact)];
      if (sameTrait(one, other)) return [];
      return [{ fact, before: one?.value ?? null, after: other?.value ?? null }];
    });
  }

  #linesOf(row: StoredTraits): string[] {
    return this.#rows.get(row).split("\n");
  }

  #encode(fact: string, trait: Trait): string {
    const { value, range } = trait;
    // Most values are texts and figures, and need no JSON to be told apart.
    const plain = range === undefined && typeof value !== "object";
    const key = plain ? value : JSON.stringify([value, range]);
    const usual = this.#factOf(plain ? fact : asJson(fact));
    if (usual !== undefined) usual.rows++;
    const known = usual?.values.get(key);
    if (known !== undefined) return String(known);
    if (usual === undefined || usual.values.size >= MOST_VALUES) return JSON.stringify([fact, value, range]);
    const number = this.#usual.push([fact, trait]) - 1;
    usual.values.set(key, number);
    return String(number);
  }

  #factOf(name: string): UsualFact | undefined {
    const known = this.#facts.get(name);
    if (known !== undefined || this.#facts.size >= MOST_FACTS) return known;
    const fact: UsualFact = { rows: 0, values: new Map() };
    this.#facts.set(name, fact);
    return fact;
  }

  #decode(line: string): readonly [fact: string, trait: Trait] {
    if (!line.startsWith("[")) return this.#usual[Number(line)]!;
    const [fact, value, range] = JSON.parse(line);
    return [fact, range === null ? { value } : { value, range }];
  }

  /** Gives the facts of a row that another one does not have, or has with another value. */
  #without(lines: readonly string[], others: readonly string[]): Map<string, Trait> {
    const kept = new Map<string, Trait>();
    lines.forEach((line, index) => {
      // Most facts stand at the same place in both.
      if (others[index] !== line && !others.includes(line)) kept.set(...this.#decode(line));
    });
    return kept;
  }
}

function asJson(fact: string): string {
  return `${fact}\nas JSON`;
}
