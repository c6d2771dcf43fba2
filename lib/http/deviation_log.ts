/**
 * Keeps the deviations of one message within bounds.
 *
 * @module
 */

import { type Deviation, type DeviationCode, makeDeviation } from "./deviation.ts";

/**
 * So many places of one code are kept for each message; further ones only raise the `count` of the last.
 * A chunked body can have an extension in every one of a billion chunks.
 */
const PLACES_KEPT = 16;

/** The deviations of one message, in the order of the octets. */
export class DeviationLog {
  readonly list: Deviation[] = [];
  #places: Map<DeviationCode, { kept: number; last: Deviation }> | undefined;

  /**
   * Adds one.
   *
   * @returns The record that stands for it
   */
  add(code: DeviationCode, offset: number, message: string, excerpt?: string): Deviation {
    this.#places ??= new Map();
    const places = this.#places.get(code);
    if (places && places.kept === PLACES_KEPT) {
      places.last.count = (places.last.count ?? 1) + 1;
      return places.last;
    }
    const deviation = makeDeviation(code, offset, message, excerpt);
    // What is decided from the whole head is noted after what was met in its lines.
    let index = this.list.length;
    while (index > 0 && this.list[index - 1]!.offset > offset) index--;
    this.list.splice(index, 0, deviation);
    this.#places.set(code, { kept: (places?.kept ?? 0) + 1, last: deviation });
    return deviation;
  }
}
