/**
 * Planted bugs, each of which changes one text in lib/.
 *
 * @module
 */

import { listSources, ROOT } from "../repository/_source_tree.ts";

/** One bug to plant. */
export interface Mutant {
  /** The wrong behaviour that it causes, as a sentence without full stop. */
  readonly bug: string;
  /** The text to replace; it stands exactly once in all of lib/, wherever its file is moved. */
  readonly text: string;
  /** The text in its place. */
  readonly becomes: string;
}

/** A file of lib/ and its text. */
export interface SourceText {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Reads every file of lib/. */
export function readSources(): SourceText[] {
  return listSources("lib/").map((path) => ({ path, text: Deno.readTextFileSync(new URL(path, ROOT)) }));
}

/**
 * Finds the file that holds the text of a mutant.
 *
 * @throws {TypeError} If the text does not stand exactly once in lib/
 */
export function findPlace({ bug, text }: Mutant, sources: readonly SourceText[]): SourceText {
  const places = sources.flatMap((source) =>
    Array.from({ length: source.text.split(text).length - 1 }, () => source)
  );
  const [place] = places;
  if (place !== undefined && places.length === 1) return place;
  const where = places.length === 0
    ? "nowhere"
    : `${places.length} times (${[...new Set(places.map(({ path }) => path))].join(", ")})`;
  throw new TypeError(`Cannot plant "${bug}": its text stands ${where} in lib/: ${JSON.stringify(text)}`);
}
