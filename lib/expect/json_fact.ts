/**
 * Makes facts about a JSON body.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { type Fact, fact, type Found, several, within } from "./fact.ts";
import { jsonDocument, readDocument } from "./json_document.ts";
import { EVERY, type Step } from "./path.ts";
import { WrittenNumber } from "./written_number.ts";

/** Makes the fact of a place in a JSON body. `[*]` means every element of an array, `length` counts them. */
export function jsonFact(steps: readonly Step[]): Fact<ProbeResult> {
  return fact("any", (result) => within(jsonDocument(result), (document) => walk(document, steps)), {
    needs: "text",
    prepare: readDocument,
  });
}

/**
 * Follows a path into data.
 *
 * @returns `undefined` if the path leads nowhere
 */
export function walk(data: Found, steps: readonly Step[]): Found {
  let places: unknown[] = [data];
  let every = false;
  for (const { name } of steps) {
    every ||= name === EVERY;
    places = places.flatMap((place) => childrenOf(place, name));
  }
  return every ? several(places) : places[0];
}

function childrenOf(place: unknown, name: Step["name"]): unknown[] {
  if (place === null || typeof place !== "object" || place instanceof WrittenNumber) return [];
  if (name === EVERY) return Object.values(place);
  if (Array.isArray(place)) {
    if (name === "length") return [place.length];
    return typeof name === "number" && place.at(name) !== undefined ? [place.at(name)] : [];
  }
  return Object.hasOwn(place, name) ? [(place as Record<string, unknown>)[name]] : [];
}
