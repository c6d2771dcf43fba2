/**
 * Takes the octets that come back, up to a limit or to the octets that end the exchange.
 *
 * @module
 */

import { RAW_DEFAULTS } from "../probe/defaults.ts";
import { OctetStore } from "../http/octet_store.ts";
import { joinOctets } from "../http/octets.ts";
import { OctetSearch } from "./octet_search.ts";
import type { RawOptions } from "./raw_result.ts";
import { toOctets } from "./raw_sender.ts";

/** Keeps octets, or passes them on. */
export class RawReceiver {
  /** Number of octets taken. */
  received = 0;
  /** The promise of `onReceived` for the last piece; nothing more may be read until it settles. */
  handedOn: void | Promise<void> = undefined;

  readonly #maxReceived: number;
  readonly #onReceived: RawOptions["onReceived"];
  readonly #search: OctetSearch | undefined;
  readonly #kept = new OctetStore();

  constructor(
    { onReceived, maxReceived = onReceived ? Infinity : RAW_DEFAULTS.maxReceived, until }: RawOptions,
  ) {
    this.#onReceived = onReceived;
    this.#maxReceived = maxReceived;
    if (until !== undefined) this.#search = new OctetSearch(toOctets(until));
  }

  /**
   * Finds the part of a piece that belongs to the exchange.
   *
   * @param searched True if `until` may end the exchange; not while a turn waits for its answer
   * @returns The octets to {@linkcode take}, and the reason to stop after them
   */
  cut(bytes: Uint8Array, searched: boolean): { taken: Uint8Array; stop?: "until" | "max-received" } {
    const room = this.#maxReceived - this.received;
    const within = bytes.subarray(0, room);
    const found = (searched ? this.#search?.feed(within) : undefined) ?? -1;
    if (found !== -1) return { taken: within.subarray(0, found), stop: "until" };
    return bytes.length >= room ? { taken: within, stop: "max-received" } : { taken: within };
  }

  /** Keeps octets, or passes them on. */
  take(bytes: Uint8Array): void {
    this.received += bytes.length;
    if (this.#onReceived) this.handedOn = this.#onReceived(bytes);
    else this.#kept.add(bytes);
  }

  /** The octets kept. */
  get data(): Uint8Array<ArrayBuffer> | undefined {
    return this.#onReceived ? undefined : joinOctets(this.#kept.pieces);
  }
}
