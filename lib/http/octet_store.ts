/**
 * Stores octets that arrive in pieces. The memory that it needs does not depend on the size of the pieces.
 *
 * @module
 */

/** Size of the largest block in octets. */
const LARGEST_BLOCK = 64 * 1024;

/** Stores copies of octets in the order of their arrival. */
export class OctetStore {
  /** Number of stored octets. */
  length = 0;
  readonly #blocks: Uint8Array<ArrayBuffer>[] = [];
  /** Octets of the last block that are in use. */
  #used = 0;

  /** Stores a copy of some octets. */
  add(octets: Uint8Array): void {
    if (octets.length === 0) return;
    let block = this.#blocks.at(-1);
    if (block === undefined || block.length - this.#used < octets.length) {
      this.#closeLast();
      // Blocks grow with the content, so that short content needs no more memory than its octets.
      block = new Uint8Array(Math.max(octets.length, Math.min(this.length, LARGEST_BLOCK)));
      this.#blocks.push(block);
      this.#used = 0;
    }
    block.set(octets, this.#used);
    this.#used += octets.length;
    this.length += octets.length;
  }

  /** The stored octets, one piece for each block. */
  get pieces(): readonly Uint8Array<ArrayBuffer>[] {
    this.#closeLast();
    return this.#blocks;
  }

  /** Cuts the free space off the last block. */
  #closeLast(): void {
    const last = this.#blocks.length - 1;
    if (last < 0) return;
    this.#blocks[last] = this.#blocks[last]!.subarray(0, this.#used);
  }
}
