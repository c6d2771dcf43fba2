/**
 * Makes facts about the elements of a list.
 *
 * @module
 */

import { type Fact, type FactTable, type Found, isEstablished, lookUp, Several, several } from "./fact.ts";
import { EVERY, type Step } from "./path.ts";

/** Facts about the elements of a list: about one at an index, or about every element. */
export interface ElementFacts<Subject> {
  /** Names that may follow `[N].`. */
  readonly names: readonly string[];
  /** Finds the fact that the steps behind the list name; `undefined` if there is no such fact. */
  resolve(steps: readonly Step[]): Fact<Subject> | undefined;
}

/**
 * Makes facts about the elements of a list.
 *
 * @param read Gives the list; `undefined` if it could not be established
 * @param facts The facts of one element
 * @param open Finds facts whose names have a part that the user chooses; `names` lists them
 */
export function elementFacts<Subject, Element>(
  read: (subject: Subject) => readonly Element[] | undefined,
  facts: FactTable<Element>,
  open: { names: readonly string[]; resolve: (steps: readonly Step[]) => Fact<Element> | undefined } = {
    names: [],
    resolve: () => undefined,
  },
): ElementFacts<Subject> {
  return {
    names: [...Object.keys(facts), ...open.names],
    resolve([place, ...rest]) {
      const fact = lookUp(facts, rest) ?? open.resolve(rest);
      if (fact === undefined) return undefined;
      const { prepare: _, ...said } = fact;
      return { ...said, read: (subject) => readElement(read(subject), place?.name, fact) };
    },
  };
}

/** Reads a fact of the element at an index, or of every element. */
function readElement<Element>(
  elements: readonly Element[] | undefined,
  place: Step["name"] | undefined,
  fact: Fact<Element>,
): Found {
  if (elements === undefined) return undefined;
  if (typeof place === "number") {
    const element = elements.at(place);
    return element === undefined ? undefined : fact.read(element);
  }
  return several(
    elements.flatMap((element) => {
      const found = fact.read(element);
      if (found instanceof Several) return found.values;
      return !isEstablished(found) || found === null ? [] : [found];
    }),
  );
}

/** Tells if a step leads to one element of a list, or to every element. */
export function isPlace(name: Step["name"] | undefined): boolean {
  return typeof name === "number" || name === EVERY;
}
