/**
 * Rules out most places of a text as the beginning of a known text, without a lookup.
 *
 * @module
 */

/** The factor of hashes: odd, and with its bits in no order. */
export const HASH_FACTOR = 0x9e3779b1;

/** Bits for each hash: at one in sixteen, most places of a text meet a bit that is not set. */
const BITS_PER_HASH = 16;

/** Computes the hash of a text. It can be carried on from place to place of a longer text. */
export function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash, HASH_FACTOR) + text.charCodeAt(at) | 0;
  return hash;
}

/** Gives the factor of a unit that leaves the hash of some units when the next one enters. */
export function hashFactorOf(length: number): number {
  let factor = 1;
  for (let at = 0; at < length; at++) factor = Math.imul(factor, HASH_FACTOR);
  return factor;
}

/** A set of hashes. It knows every hash that was added, and now and then takes another one for such a hash. */
export class HashFilter {
  readonly #hashes: number[] = [];
  #bits = new Uint8Array(128);
  /** Bits to shift a hash to the right, which makes it the number of a bit. */
  #shift = 22;

  /** Adds a hash. */
  add(hash: number): void {
    this.#hashes.push(hash);
    if (this.#hashes.length * BITS_PER_HASH <= this.#bits.length * 8 || this.#shift === 2) {
      return this.#set(hash);
    }
    this.#bits = new Uint8Array(this.#bits.length * 2);
    this.#shift--;
    for (const known of this.#hashes) this.#set(known);
  }

  #set(hash: number): void {
    const place = hash >>> this.#shift;
    this.#bits[place >>> 3]! |= 1 << (place & 7);
  }

  /** Tells if a hash was probably added; `false` is certain. */
  has(hash: number): boolean {
    const place = hash >>> this.#shift;
    return (this.#bits[place >>> 3]! >> (place & 7) & 1) === 1;
  }
}
