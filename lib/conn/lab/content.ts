/**
 * Keeps the beginning and a checksum of each content: enough to tell two answers apart.
 *
 * @module
 */

import { decodeLatin1 } from "../../http/octets.ts";
import type { ParsedResponse } from "../../http/response.ts";

/** Octets from the beginning that are kept. */
const KEPT = 4096;

/** The beginning of a content, and a checksum of all of it. */
export class Content {
  octets = 0;
  #beginning = new Uint8Array(0);
  #hash = 0x811c9dc5;

  /** Takes the next octets, which are not kept. */
  take(bytes: Uint8Array): void {
    const room = KEPT - this.octets;
    if (room > 0) {
      const beginning = new Uint8Array(Math.min(KEPT, this.octets + bytes.length));
      beginning.set(this.#beginning);
      beginning.set(bytes.subarray(0, room), this.octets);
      this.#beginning = beginning;
    }
    this.octets += bytes.length;
    // FNV-1a, 32 bits: no defence against an attacker is needed, only a difference that shows.
    let hash = this.#hash;
    for (const octet of bytes) hash = Math.imul(hash ^ octet, 0x01000193);
    this.#hash = hash;
  }

  /** The first octets, at most 4,096, one code unit each. */
  get beginning(): string {
    return decodeLatin1(this.#beginning);
  }

  /** The same for the same octets. */
  get checksum(): string {
    return `${this.octets}-${(this.#hash >>> 0).toString(16).padStart(8, "0")}`;
  }
}

/** The content of each response on a connection. */
export class Contents {
  /** True if one of them has more octets than the limit. */
  large = false;
  readonly #most: number;
  readonly #byResponse = new Map<ParsedResponse, Content>();

  /** @param most Octets of one content that are taken */
  constructor(most: number) {
    this.#most = most;
  }

  /** Gives the content of a response, as far as it has come. */
  get(response: ParsedResponse): Content | undefined {
    return this.#byResponse.get(response);
  }

  /** Forgets all of them, where there are many and nobody asks. */
  clear(): void {
    this.#byResponse.clear();
  }

  /** Takes the next octets of the content of a response. */
  take(bytes: Uint8Array, response: ParsedResponse): void {
    let content = this.#byResponse.get(response);
    if (!content) this.#byResponse.set(response, content = new Content());
    content.take(bytes);
    if (content.octets > this.#most) this.large = true;
  }
}
