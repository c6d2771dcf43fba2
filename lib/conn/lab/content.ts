/**
 * Keeps the beginning and a checksum of each content, which is enough to compare two answers.
 *
 * @module
 */

import { decodeLatin1 } from "../../http/octets.ts";
import type { ParsedResponse } from "../../http/response.ts";

/** Number of octets to keep from the beginning. */
const KEPT = 4096;

/** The beginning and a checksum of one content. */
export class Content {
  octets = 0;
  #beginning = new Uint8Array(0);
  #hash = 0x811c9dc5;

  /** Adds the next octets; it does not keep a reference to them. */
  take(bytes: Uint8Array): void {
    const room = KEPT - this.octets;
    if (room > 0) {
      const beginning = new Uint8Array(Math.min(KEPT, this.octets + bytes.length));
      beginning.set(this.#beginning);
      beginning.set(bytes.subarray(0, room), this.octets);
      this.#beginning = beginning;
    }
    this.octets += bytes.length;
    // FNV-1a, 32 bits: it need not resist an attacker, only show a difference.
    let hash = this.#hash;
    for (const octet of bytes) hash = Math.imul(hash ^ octet, 0x01000193);
    this.#hash = hash;
  }

  /** The first octets, at most 4,096, one code unit each. */
  get beginning(): string {
    return decodeLatin1(this.#beginning);
  }

  /** Checksum; equal for the same octets. */
  get checksum(): string {
    return `${this.octets}-${(this.#hash >>> 0).toString(16).padStart(8, "0")}`;
  }
}

/** The content of each response on a connection. */
export class Contents {
  /** True if a content exceeds the limit. */
  large = false;
  readonly #most: number;
  readonly #byResponse = new Map<ParsedResponse, Content>();

  /** @param most Maximum octets of one content */
  constructor(most: number) {
    this.#most = most;
  }

  /** Gives the content of a response, as far as it has come. */
  get(response: ParsedResponse): Content | undefined {
    return this.#byResponse.get(response);
  }

  /** Drops all contents if there are many and nobody asks for them. */
  clear(): void {
    this.#byResponse.clear();
  }

  /** Adds the next octets of the content of a response. */
  take(bytes: Uint8Array, response: ParsedResponse): void {
    let content = this.#byResponse.get(response);
    if (!content) this.#byResponse.set(response, content = new Content());
    content.take(bytes);
    if (content.octets > this.#most) this.large = true;
  }
}
