/**
 * Reports the events of a connection.
 *
 * @module
 */

import type { TlsFacts } from "../result.ts";
import type { WireEvent } from "../wire/wire_event.ts";
import { WireTap } from "../wire/wire_tap.ts";
import type { Connection, ReadOutcome, WriteOutcome } from "./connection.ts";
import { explainTls } from "./errors/explain_tls.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** A connection that reports all its events. */
export class TappedConnection implements Connection {
  readonly #connection: Connection;
  readonly #tap: WireTap;
  #finTold = false;

  /**
   * @param startedAt `performance.now()`; the times of events count from it
   * @param number Number of the connection within the probe, from 1
   */
  constructor(connection: Connection, onWire: (event: WireEvent) => void, startedAt: number, number: number) {
    this.#connection = connection;
    this.#tap = new WireTap({ onWire, startedAt, connection: number, onThrow: () => connection.close() });
    const { peer: { address, port }, tls } = connection;
    this.#tap.connected(withoutUndefined({ peer: { address, port }, tls: tls && versionOf(tls) }));
  }

  get peer(): Connection["peer"] {
    return this.#connection.peer;
  }

  get tls(): TlsFacts | undefined {
    return this.#connection.tls;
  }

  get local(): Connection["local"] {
    return this.#connection.local;
  }

  get taken(): number {
    return this.#connection.taken;
  }

  async read(): Promise<ReadOutcome> {
    const outcome = await this.#connection.read();
    switch (outcome.type) {
      case "data":
        this.#tap.received(outcome.bytes);
        break;
      case "error":
        this.#tap.over({ type: "failed", message: explainTls(outcome.error.message) });
        break;
      case "closed":
        this.#tap.over({ type: "end", by: "us", how: "closed" });
        break;
      case "fin":
      case "close-notify":
      case "rst":
      case "tls-truncated":
        this.#tap.over({ type: "end", by: "peer", how: outcome.type });
        break;
    }
    return outcome;
  }

  get heldBack(): Promise<void> | undefined {
    return this.#connection.heldBack;
  }

  async waitForFin(): Promise<boolean> {
    const fin = await this.#connection.waitForFin?.() ?? false;
    if (fin && !this.#finTold) {
      this.#finTold = true;
      this.#tap.ended("peer", "fin");
    }
    return fin;
  }

  async write(bytes: Uint8Array): Promise<WriteOutcome> {
    const at = this.#tap.now;
    // Octets that arrive during the callback would look like the answer to this write, so the write begins first.
    const writing = this.#connection.write(bytes);
    // The event precedes every later read, so that a request stands before its answer.
    this.#tap.sent(bytes, at);
    const outcome = await writing;
    if (outcome.type === "broken") this.#tap.writeFailed(outcome.how);
    return outcome;
  }

  async closeWrite(): Promise<void> {
    await this.#connection.closeWrite();
    this.#tap.ended("us", "fin");
  }

  close(): void {
    this.#connection.close();
    this.#tap.over({ type: "end", by: "us", how: "closed" });
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function versionOf({ version }: TlsFacts): { version?: string } {
  return version === undefined ? {} : { version };
}
