/**
 * Divides Unicode into the symbols that a pattern distinguishes.
 *
 * @module
 */

import { type CodePoints, LAST_CODE_POINT } from "./code_points.ts";

/** Code points below this limit are looked up in a table, others by bisection. */
const TABLE_SIZE = 256;

/**
 * The symbols of a pattern. Code points that are in the same sets of the pattern share a symbol, so a few dozen symbols
 * stand for all of Unicode.
 */
export class SymbolTable {
  /** The first code point of each symbol, ascending. */
  readonly samples: readonly number[];
  readonly #table = new Uint32Array(TABLE_SIZE);

  constructor(sets: readonly CodePoints[]) {
    const starts = new Set([0]);
    for (const [first, last] of sets.flat()) {
      starts.add(first);
      if (last < LAST_CODE_POINT) starts.add(last + 1);
    }
    this.samples = [...starts].sort((a, b) => a - b);
    for (let point = 0; point < TABLE_SIZE; point++) this.#table[point] = this.#find(point);
  }

  /** Gives the symbol of a code point, from 0 on. */
  symbolOf(point: number): number {
    return point < TABLE_SIZE ? this.#table[point]! : this.#find(point);
  }

  #find(point: number): number {
    let low = 0;
    let high = this.samples.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.samples[middle]! <= point) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
