/**
 * A fast path for field lines without anything remarkable.
 *
 * @module
 */

import type { FieldPlaces } from "./field_places.ts";
import { COLON, CR, DEL, HTAB, LF, SP, TOKEN_OCTETS } from "./octets.ts";

/** The same octets twice: as octets, which are quick to look at, and as text, which is quick to cut. */
export interface DecodedOctets {
  readonly bytes: Uint8Array;
  /** Index in `bytes` of the first octet of `text`. */
  readonly start: number;
  readonly text: string;
}

/** The range of lines to read. */
export interface FieldLineRange {
  /** Index of the first octet of a line. */
  readonly from: number;
  /** Index after the last octet that may be read. */
  readonly end: number;
  /** Stream offset of `bytes[0]`. */
  readonly base: number;
  /** The most lines to read. */
  readonly room: number;
}

/**
 * Reads field lines of a token, a colon, a value of HTAB, SP and visible ASCII, and CR LF, up to the first line that is
 * anything else: an empty one, one that has not wholly come, or one that {@linkcode parseFieldLine} must judge.
 *
 * @returns Index of the first octet of the line that is left
 */
export function readPlainFieldLines(
  { bytes, start, text }: DecodedOctets,
  places: FieldPlaces,
  { from, end, base, room }: FieldLineRange,
): number {
  const { fields, fieldOffsets } = places;
  let line = from;
  for (let left = room; left > 0; left--) {
    let colon = line;
    while (colon < end && TOKEN_OCTETS[bytes[colon]!] === 1) colon++;
    if (colon === line || colon >= end || bytes[colon] !== COLON) return line;
    let valueStart = colon + 1;
    while (valueStart < end && (bytes[valueStart] === SP || bytes[valueStart] === HTAB)) valueStart++;
    let at = valueStart;
    while (at < end) {
      const octet = bytes[at]!;
      if ((octet < SP || octet >= DEL) && octet !== HTAB) break;
      at++;
    }
    if (at + 1 >= end || bytes[at] !== CR || bytes[at + 1] !== LF) return line;
    let valueEnd = at;
    while (valueEnd > valueStart && (bytes[valueEnd - 1] === SP || bytes[valueEnd - 1] === HTAB)) valueEnd--;
    fields.push([text.slice(line - start, colon - start), text.slice(valueStart - start, valueEnd - start)]);
    fieldOffsets.push(base + line);
    if (valueStart !== colon + 2) places.placeValue(base + valueStart);
    line = at + 2;
  }
  return line;
}
