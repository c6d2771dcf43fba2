/**
 * Writes a request piece by piece.
 *
 * @module
 */

import type { Connection, WriteOutcome } from "../net/connection.ts";
import type { RequestFacts } from "../result.ts";

/** Octets of one write. The pieces of a large request show how much of it the peer accepts. */
const PIECE = 64 * 1024;

/** Writes one request, and records how much of it the system accepted. */
export class RequestWriter {
  /** `performance.now()` when the system accepted the last octet. */
  sentAt: number | undefined;

  readonly #connection: Connection;
  readonly #bytes: Uint8Array;
  readonly #takenBefore: number;

  constructor(connection: Connection, bytes: Uint8Array) {
    this.#connection = connection;
    this.#bytes = bytes;
    this.#takenBefore = connection.taken;
  }

  /**
   * Writes the request, until the peer accepts no more of it.
   *
   * @param onNext Called before each piece except the first
   */
  async write(onNext: () => void): Promise<WriteOutcome> {
    const bytes = this.#bytes;
    let outcome: WriteOutcome = { type: "written" };
    for (let at = 0; at < bytes.length && outcome.type === "written"; at += PIECE) {
      if (at > 0) onNext();
      outcome = await this.#connection.write(bytes.subarray(at, at + PIECE));
    }
    if (outcome.type === "written") this.sentAt = performance.now();
    return outcome;
  }

  /** The facts of the request so far. */
  get facts(): RequestFacts {
    return {
      bytes: this.#bytes.length,
      sentBytes: this.#connection.taken - this.#takenBefore,
      complete: this.sentAt !== undefined,
    };
  }
}
