/**
 * Collects the deviations of one message, and bounds their number.
 *
 * @module
 */

import { type Deviation, type DeviationCode, makeDeviation } from "./deviation.ts";

/**
 * Most deviations of one code that the log of a message keeps. Further ones only raise the `count` of the last. A
 * chunked body can have an extension in every one of a billion chunks.
 */
const PLACES_KEPT = 16;

/** The deviations of one message, in the order of the octets. */
export class DeviationLog {
  readonly list: Deviation[] = [];
  #places: Map<DeviationCode, { kept: number; last: Deviation }> | undefined;

  /**
   * Adds a deviation.
   *
   * @returns The record that represents it
   */
  add(code: DeviationCode, offset: number, message: string, excerpt?: string): Deviation {
    this.#places ??= new Map();
    const places = this.#places.get(code);
    if (places && places.kept === PLACES_KEPT) {
      places.last.count = (places.last.count ?? 1) + 1;
      return places.last;
    }
    const deviation = makeDeviation(code, offset, message, excerpt);
    // The reader notes faults of the whole head after the faults of its lines, but they belong before them.
    let index = this.list.length;
    while (index > 0 && this.list[index - 1]!.offset > offset) index--;
    this.list.splice(index, 0, deviation);
    this.#places.set(code, { kept: (places?.kept ?? 0) + 1, last: deviation });
    return deviation;
  }
}
