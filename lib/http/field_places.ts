/**
 * Remembers the stream offsets of field lines and of the pieces of their values.
 *
 * @module
 */

import type { FieldLine } from "./field_line.ts";

/** A piece of a value that is contiguous in the stream. */
interface ValuePiece {
  /** Index of its first octet in the value. */
  readonly at: number;
  /** Stream offset of its first octet. */
  readonly offset: number;
}

/** The field lines of one section with their stream offsets. */
export class FieldPlaces {
  readonly fields: FieldLine[] = [];
  /** Stream offset of each field line. */
  readonly fieldOffsets: number[] = [];
  /** The pieces of values that do not begin two octets after the name, or that have several pieces. */
  #pieces: Map<number, ValuePiece[]> | undefined;

  /** Sets where the value of the last field line begins, for a line without `: ` between name and value. */
  placeValue(offset: number): void {
    this.#pieces ??= new Map();
    this.#pieces.set(this.fields.length - 1, [{ at: 0, offset }]);
  }

  /** Sets the stream offset of the last value's octets from index `at` onwards (RFC 9112 §5.2: obs-fold). */
  placeFold(at: number, offset: number): void {
    const field = this.fields.length - 1;
    if (!this.#pieces?.has(field)) this.placeValue(this.offsetIn(field, 0));
    this.#pieces!.get(field)!.push({ at, offset });
  }

  /**
   * The stream offset of an octet of a value.
   *
   * @param field Index of the field line
   * @param at Index of the octet in its value
   */
  offsetIn(field: number, at: number): number {
    const piece = this.#pieces?.get(field)?.findLast((it) => it.at <= at);
    if (piece) return piece.offset + at - piece.at;
    return this.fieldOffsets[field]! + this.fields[field]![0].length + 2 + at;
  }
}
