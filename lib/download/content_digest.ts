/**
 * The SHA-256 of the content, without slowing down the transfer.
 *
 * @module
 */

import type { Hash } from "node:crypto";

/**
 * Octets after which the rate is looked at, and milliseconds below which they came so fast, 200 MB/s and more, that hashing
 * them, which takes longer than receiving and writing together, would slow down the transfer.
 */
const STRETCH = 1024 * 1024;
const PRESSED = 5;

/** Octets that are read back at a time. */
const PIECE = 512 * 1024;

/** Options of {@linkcode ContentDigest.finish}. */
export interface ReadBackOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of octets of the whole content that are hashed so far. */
  readonly onPiece?: ((hashed: number) => void) | undefined;
}

/**
 * Hashes content as it comes, for as long as that costs no time. Once it would, the rest is read back from the file after
 * the transfer; what an earlier run left is read then as well.
 */
export class ContentDigest {
  readonly #hash: Hash;
  /** Without a file nothing can be read back. */
  readonly #hasFile: boolean;
  #hashed = 0;
  #nextLook = STRETCH;
  #lookedAt = performance.now();
  #behind: boolean;

  private constructor(hash: Hash, hasFile: boolean, behind: boolean) {
    this.#hash = hash;
    this.#hasFile = hasFile;
    this.#behind = behind;
  }

  /**
   * Begins a digest.
   *
   * @param options `hasFile` if the content can be read back, `behind` if some of it is there already
   */
  static async open(options: { hasFile: boolean; behind: boolean }): Promise<ContentDigest> {
    const { createHash } = await import("node:crypto");
    return new ContentDigest(createHash("sha256"), options.hasFile, options.behind);
  }

  /** Takes the next octets of content. */
  update(data: Uint8Array): void {
    if (this.#behind) return;
    this.#hash.update(data);
    this.#hashed += data.length;
    if (!this.#hasFile || this.#hashed < this.#nextLook) return;
    const now = performance.now();
    this.#behind = now - this.#lookedAt < PRESSED;
    this.#lookedAt = now;
    this.#nextLook += STRETCH;
  }

  /**
   * Gives the digest in lower-case hex. Nothing can be added any more.
   *
   * @param path Where the content stands; absent if it cannot be read back
   */
  async finish(path: string | undefined, options: ReadBackOptions = {}): Promise<string> {
    if (this.#behind && path !== undefined) await this.#readBack(path, options);
    return this.#hash.digest("hex");
  }

  async #readBack(path: string, { signal, onPiece }: ReadBackOptions): Promise<void> {
    using file = await Deno.open(path, { read: true });
    await file.seek(this.#hashed, Deno.SeekMode.Start);
    let [piece, other] = [new Uint8Array(PIECE), new Uint8Array(PIECE)];
    let count = await file.read(piece);
    while (count !== null) {
      signal?.throwIfAborted();
      // The next piece is read while this one is hashed.
      const next = file.read(other);
      this.#hash.update(piece.subarray(0, count));
      this.#hashed += count;
      onPiece?.(this.#hashed);
      count = await next;
      [piece, other] = [other, piece];
    }
  }
}
