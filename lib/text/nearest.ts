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
