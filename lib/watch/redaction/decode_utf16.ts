/**
 * Undoes the mix-up of UTF-16 with other encodings.
 *
 * @module
 */

import { octetOf } from "./decode_escapes.ts";
import { GAP, placeIn, type Reading } from "./reading.ts";
import { textOfUnits } from "./text_of_units.ts";

/** Characters above Latin-1 in a row, as UTF-8 looks that was read as UTF-16. */
const WIDE = /[\u0100-\uffff]{2}/;

/** Takes code units for pairs of octets, in both orders; `undefined` if a text does not look like it. */
export function splitUnits(reading: Reading): Reading | undefined {
  const { text } = reading;
  if (!WIDE.test(text)) return undefined;
  const units = new Uint16Array(text.length * 4 + 1);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const [low, high] = [unit & 0xff, unit >> 8];
    units.set([low, high], at * 2);
    units.set([high, low], text.length * 2 + 1 + at * 2);
  }
  units[text.length * 2] = GAP.charCodeAt(0);
  return {
    text: textOfUnits(units),
    placeOf: (index) => reading.placeOf((index > text.length * 2 ? index - text.length * 2 - 1 : index) >> 1),
  };
}

/** Takes pairs of octets for code units, in both orders and from both octets; `undefined` if a text has no such octets. */
export function pairOctets(reading: Reading): Reading | undefined {
  const { text } = reading;
  if (!/[\0\x80-\xff]/.test(text)) return undefined;
  const pairs = text.length - 1;
  const units = new Uint16Array(2 * (pairs + 2));
  // All pairs in one order from the first octet, then from the second; and the same in the other order.
  let [length, sources]: [number, number[]] = [0, []];
  for (const isLittleEndian of [true, false]) {
    for (const first of [0, 1]) {
      for (let at = first; at < pairs; at += 2) {
        units[length++] = pairUnit(text, at, isLittleEndian);
        sources.push(at);
      }
      units[length++] = GAP.charCodeAt(0);
      sources.push(0);
    }
  }
  return {
    text: textOfUnits(units.subarray(0, length)),
    placeOf: (index) =>
      placeIn(reading, { start: sources[index]!, end: Math.min(sources[index]! + 2, text.length) }),
  };
}

function pairUnit(text: string, at: number, isLittleEndian: boolean): number {
  const [one, two] = [octetOf(text.charCodeAt(at)), octetOf(text.charCodeAt(at + 1))];
  if (one === undefined || two === undefined) return GAP.charCodeAt(0);
  return isLittleEndian ? one | two << 8 : one << 8 | two;
}
