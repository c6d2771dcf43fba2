/**
 * Keeps many texts in little memory.
 *
 * @module
 */

/** Octets of a piece of memory that is allocated at once. */
const CHUNK = 2 ** 20;

/**
 * A list of texts, kept as UTF-8 outside the heap of JavaScript, where they need less room and no garbage collection. Equal
 * texts have the same number.
 */
export class TextPool {
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  /** Number of octets that are used in the last chunk. */
  #used = CHUNK;
  /** For each text its chunk, and where it begins and ends there. */
  #places = new Uint32Array(3 * 1024);
  #count = 0;
  /** Numbers of texts by their hash. */
  readonly #byHash = new Map<number, number>();

  /** Adds a text, unless it is there, and gives its number. */
  add(text: string): number {
    const start = this.#write(text);
    const chunk = this.#chunks.at(-1)!;
    const octets = chunk.subarray(start, this.#used);
    const hash = hashOf(octets);
    const known = this.#byHash.get(hash);
    if (known !== undefined && sameOctets(this.#octetsOf(known), octets)) {
      this.#used = start;
      return known;
    }
    const number = this.#count++;
    if (3 * this.#count > this.#places.length) {
      const larger = new Uint32Array(2 * this.#places.length);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places.set([this.#chunks.length - 1, start, this.#used], 3 * number);
    // Two texts with one hash are so rare that the second one may have several numbers.
    if (known === undefined) this.#byHash.set(hash, number);
    return number;
  }

  /** Gives the text of a number. */
  get(number: number): string {
    return new TextDecoder().decode(this.#octetsOf(number));
  }

  #octetsOf(number: number): Uint8Array<ArrayBuffer> {
    const [chunk, start, end] = this.#places.subarray(3 * number, 3 * number + 3);
    return this.#chunks[chunk!]!.subarray(start, end);
  }

  /** Writes a text at the end, and gives the place where it begins. */
  #write(text: string): number {
    const octets = new TextEncoder().encode(text);
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || this.#used + octets.length > chunk.length) {
      this.#chunks.push(chunk = new Uint8Array(Math.max(CHUNK, octets.length)));
      this.#used = 0;
    }
    chunk.set(octets, this.#used);
    this.#used += octets.length;
    return this.#used - octets.length;
  }
}

/** Computes a hash of 52 bits: two of 26 bits side by side. */
function hashOf(octets: Uint8Array): number {
  let [one, other] = [0x811c9dc5, 0x2545f491];
  for (const octet of octets) {
    one = Math.imul(one ^ octet, 0x01000193);
    other = Math.imul(other ^ octet, 0x5bd1e995);
  }
  return (one >>> 6) * 2 ** 26 + (other >>> 6);
}

function sameOctets(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((octet, index) => octet === other[index]);
}
