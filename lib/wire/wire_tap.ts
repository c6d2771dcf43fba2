/**
 * Creates the events of one connection.
 *
 * @module
 */

import type { WireConnected, WireEnd, WireEvent, WireMoment, WireWriteFailed } from "./wire_event.ts";

/** An event without its time and connection. */
type Untimed<Event> = Event extends WireMoment ? Omit<Event, keyof WireMoment> : never;

/** Settings of a {@linkcode WireTap}. */
export interface WireTapOptions {
  /** Receives each event. */
  readonly onWire: (event: WireEvent) => void;
  /** `performance.now()` at which the probe began. */
  readonly startedAt: number;
  /** Number of the connection within the probe, from 1. */
  readonly connection: number;
  /** Called when `onWire` throws. The caller of the tap gets the error as well. */
  readonly onThrow: () => void;
}

/** Counts the octets of one connection, and reports its events in order. */
export class WireTap {
  readonly #options: WireTapOptions;
  #sent = 0;
  #received = 0;
  #ended = false;
  #silenced = false;

  constructor(options: WireTapOptions) {
    this.#options = options;
  }

  /** Milliseconds since the probe began. */
  get now(): number {
    return performance.now() - this.#options.startedAt;
  }

  /** Reports that the connection is established. */
  connected(facts: Pick<WireConnected, "peer" | "tls">): void {
    this.#tell({ type: "connected", ...facts });
  }

  /** Reports octets that were sent; `at` is the beginning of the write. */
  sent(bytes: Uint8Array, at: number): void {
    const offset = this.#sent;
    this.#sent += bytes.length;
    this.#tell({ type: "sent", offset, bytes }, at);
  }

  /** Reports octets that were received. */
  received(bytes: Uint8Array): void {
    const offset = this.#received;
    this.#received += bytes.length;
    this.#tell({ type: "received", offset, bytes });
  }

  /** Reports that the peer accepts no more octets. */
  writeFailed(how: WireWriteFailed["how"]): void {
    this.#tell({ type: "write-failed", how });
  }

  /** Reports that one side ended its stream, while the other may go on. */
  ended(by: WireEnd["by"], how: WireEnd["how"]): void {
    this.#tell({ type: "end", by, how });
  }

  /** Reports why nothing more can be read. Only the first cause becomes an event. */
  over(cause: Untimed<WireEnd> | { readonly type: "failed"; readonly message: string }): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#tell(cause);
  }

  /** Once `onWire` has thrown, it is not called again. */
  #tell(event: Untimed<WireEvent>, at = this.now): void {
    if (this.#silenced) return;
    const { connection, onWire, onThrow } = this.#options;
    try {
      onWire({ at, connection, ...event });
    } catch (error) {
      this.#silenced = true;
      onThrow();
      throw error;
    }
  }
}
