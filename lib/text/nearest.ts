/**
 * Finds the words that a mistyped word was most likely meant to be, and words the advice about them.
 *
 * @module
 */

/** The most names that an error lists whole. */
const FEW = 12;

/** Names that an error lists if none is near and there are too many for a list. */
const SOME = 3;

/** Settings of {@linkcode adviseNearest}. */
export interface NearestOptions {
  /** Writes a name as the user would. @default the name alone */
  readonly write?: ((name: string) => string) | undefined;
  /** `true` gives nothing if no name is near, instead of a list. @default {false} */
  readonly onlyNear?: boolean | undefined;
}

/**
 * Words the advice for a name that does not exist: the nearest one if it is near enough to be meant, all if they are
 * few, and otherwise the three nearest. A difference of capitals counts nothing.
 *
 * @param word The word that the user typed.
 * @param names The names that exist.
 * @returns A clause without punctuation, or `undefined` if there is nothing to advise.
 *
 * @example Usage
 * ```ts
 * import { adviseNearest } from "./nearest.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(adviseNearest("stauts", ["ok", "status"]), "the nearest one is status");
 * assert.equal(adviseNearest("weather", ["ok", "status"]), "there are ok and status");
 * ```
 */
export function adviseNearest(
  word: string,
  names: Iterable<string>,
  { write = (name) => name, onlyNear = false }: NearestOptions = {},
): string | undefined {
  const known = [...new Set(names)];
  const near = nearEnough(word, known);
  if (near !== undefined) return sayNearest(write(near));
  if (onlyNear || known.length === 0) return undefined;
  if (known.length === 1) return `there is only ${write(known[0]!)}`;
  if (known.length <= FEW) return `there are ${listWords(known.map(write))}`;
  return `the nearest ones are ${listWords(nearestOf(word, known, SOME).map(write))}`;
}

/** Words the advice to take one name, as written. */
export function sayNearest(written: string): string {
  return `the nearest one is ${written}`;
}

/**
 * Finds the name that a mistyped word was meant to be, if one is near enough: it differs by a typing error or two, or
 * one of the two begins with the other.
 */
export function nearEnough(word: string, names: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const best = nearest(typed, names.map((name) => name.toLowerCase()));
  if (best === undefined) return undefined;
  if (best.distance <= allowedErrors(typed, best.word) && best.distance < typed.length) {
    return names.find((name) => name.toLowerCase() === best.word);
  }
  if (typed.length < 3) return undefined;
  // The user may have left the name unfinished, with an error or without.
  const errors = typed.length > 3 ? 1 : 0;
  return names.find((name) => name.toLowerCase().startsWith(typed)) ??
    names.find((name) => editDistance(typed, name.slice(0, typed.length).toLowerCase()) <= errors) ??
    names.find((name) => name.length >= 4 && typed.startsWith(name.toLowerCase()));
}

/** Two errors in a short word make another word, as in port and cert, unless two letters are missing or too many. */
function allowedErrors(typed: string, name: string): number {
  if (typed.length <= 4) {
    const onlyLength = typed.length > 2 && typed[0] === name[0] && Math.abs(typed.length - name.length) === 2;
    return onlyLength ? 2 : 1;
  }
  return Math.max(2, Math.floor(typed.length / 3));
}

/** Lists the names nearest to a word, the nearest one first. */
export function nearestOf(word: string, names: readonly string[], count: number): string[] {
  const typed = word.toLowerCase();
  return names.map((name) => ({ name, distance: editDistance(typed, name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance).slice(0, count).map(({ name }) => name);
}

/** Joins words as a sentence does: `a, b and c`. */
export function listWords(words: readonly string[], conjunction: "and" | "or" = "and"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

/**
 * Finds the candidate that a mistyped word was most likely meant to be.
 *
 * `closestString` of `@std/text` counts two swapped letters, the most frequent typing error, as two edits: it answers
 * `jsno` with `sni` and `hepl` with `head`.
 *
 * @param word The word that the user typed.
 * @param candidates The words that exist; among equally near ones, the first wins.
 * @returns The nearest candidate with its distance, or `undefined` if there is no candidate.
 */
export function nearest(
  word: string,
  candidates: Iterable<string>,
): { readonly word: string; readonly distance: number } | undefined {
  let best: { word: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate);
    if (best === undefined || distance < best.distance) best = { word: candidate, distance };
  }
  return best;
}

/**
 * Counts the insertions, deletions, substitutions and swaps of neighbours that turn one word into the other
 * (optimal string alignment).
 *
 * @param from One word.
 * @param to The other word.
 * @returns The smallest number of edits.
 */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let edits = Math.min(
        cell(last, column) + 1,
        cell(current, column - 1) + 1,
        cell(last, column - 1) + (same ? 0 : 1),
      );
      if (from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        edits = Math.min(edits, cell(beforeLast, column - 2) + 1);
      }
      current.push(edits);
    }
    beforeLast = last;
    last = current;
  }
  return cell(last, to.length);
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
