/**
 * Computes the SHA-256 of the content without slowing down the transfer.
 *
 * @module
 */

import type { Hash } from "node:crypto";

/**
 * Bytes after which the rate is checked, and the milliseconds that this many may take. Faster content, 200 MB/s and
 * more, must not be hashed on arrival: hashing takes longer than receiving and writing together.
 */
const CHECK_INTERVAL = 1024 * 1024;
const FASTEST_MS = 5;

/** Bytes to read back at a time. */
const PIECE = 512 * 1024;

/** Options of {@linkcode ContentDigest.finish}. */
export interface ReadBackOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes of the whole content that are hashed so far. */
  readonly onPiece?: ((hashed: number) => void) | undefined;
}

/**
 * Hashes content as it comes, as long as that does not delay the transfer. After that, the rest is read back from the
 * file at the end; bytes from an earlier run are read back then as well.
 */
export class ContentDigest {
  readonly #hash: Hash;
  /** Without a file, nothing can be read back. */
  readonly #hasFile: boolean;
  #hashed = 0;
  #nextCheck = CHECK_INTERVAL;
  #checkedAt = performance.now();
  #behind: boolean;

  private constructor(hash: Hash, hasFile: boolean, behind: boolean) {
    this.#hash = hash;
    this.#hasFile = hasFile;
    this.#behind = behind;
  }

  /**
   * Begins a digest.
   *
   * @param options `hasFile` if the content can be read back, `behind` if an earlier run has left some of it
   */
  static async open(options: { hasFile: boolean; behind: boolean }): Promise<ContentDigest> {
    const { createHash } = await import("node:crypto");
    return new ContentDigest(createHash("sha256"), options.hasFile, options.behind);
  }

  /** Adds the next bytes of content. */
  update(data: Uint8Array): void {
    if (this.#behind) return;
    this.#hash.update(data);
    this.#hashed += data.length;
    if (!this.#hasFile || this.#hashed < this.#nextCheck) return;
    const now = performance.now();
    this.#behind = now - this.#checkedAt < FASTEST_MS;
    this.#checkedAt = now;
    this.#nextCheck += CHECK_INTERVAL;
  }

  /**
   * Returns the digest in lower-case hex. After that, nothing can be added.
   *
   * @param path File with the content; absent if it cannot be read back
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
      // The next piece is being read while this one is hashed.
      const next = file.read(other);
      this.#hash.update(piece.subarray(0, count));
      this.#hashed += count;
      onPiece?.(this.#hashed);
      count = await next;
      [piece, other] = [other, piece];
    }
  }
}
