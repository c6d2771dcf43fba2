/**
 * Keeps the first octets of a stream until they are no longer needed.
 *
 * @module
 */

import { joinOctets } from "../../http/octets.ts";

/** Copies the first octets of a stream that comes in pieces. */
export class Beginning {
  #room: number;
  #pieces: Uint8Array[] = [];

  /** @param most Maximum octets to keep. */
  constructor(most: number) {
    this.#room = most;
  }

  /** Keeps as many of the next octets as there is room for. */
  take(bytes: Uint8Array): void {
    if (this.#room === 0) return;
    const piece = bytes.slice(0, this.#room);
    this.#room -= piece.length;
    this.#pieces.push(piece);
  }

  /** The octets that are kept. */
  get octets(): Uint8Array {
    return joinOctets(this.#pieces);
  }

  /** Drops everything and keeps nothing from now on. */
  drop(): void {
    this.#room = 0;
    this.#pieces = [];
  }
}
