/**
 * Keeps octets that come in pieces, in memory that does not depend on how they were cut.
 *
 * @module
 */

/** Octets of the largest block. */
const LARGEST_BLOCK = 64 * 1024;

/** Copies octets in the order in which they come. */
export class OctetStore {
  /** Octets that are kept. */
  length = 0;
  readonly #blocks: Uint8Array<ArrayBuffer>[] = [];
  /** Octets of the last block that are in use. */
  #used = 0;

  /** Keeps a copy of some octets. */
  add(octets: Uint8Array): void {
    if (octets.length === 0) return;
    let block = this.#blocks.at(-1);
    if (block === undefined || block.length - this.#used < octets.length) {
      this.#closeLast();
      // Blocks grow with the content, so that a short content takes no more room than its octets.
      block = new Uint8Array(Math.max(octets.length, Math.min(this.length, LARGEST_BLOCK)));
      this.#blocks.push(block);
      this.#used = 0;
    }
    block.set(octets, this.#used);
    this.#used += octets.length;
    this.length += octets.length;
  }

  /** The kept octets, one piece for each block. */
  get pieces(): readonly Uint8Array<ArrayBuffer>[] {
    this.#closeLast();
    return this.#blocks;
  }

  /** Leaves no room in the last block. */
  #closeLast(): void {
    const last = this.#blocks.length - 1;
    if (last < 0) return;
    this.#blocks[last] = this.#blocks[last]!.subarray(0, this.#used);
  }
}
