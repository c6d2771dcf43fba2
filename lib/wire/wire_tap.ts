/**
 * Listens in on a connection.
 *
 * @module
 */

import { explainTls } from "../net/errors/explain_tls.ts";
import type { Connection, ReadOutcome, WriteOutcome } from "../net/connection.ts";
import type { TlsFacts } from "../result.ts";
import type { WireEvent } from "./wire_event.ts";

/** What the end of a stream is called in an event. */
const ENDS: Readonly<Record<Exclude<ReadOutcome["type"], "data">, string>> = {
  "fin": "closed by the peer (FIN)",
  "close-notify": "ended by the peer (close_notify)",
  "rst": "reset by the peer (RST)",
  "tls-truncated": "ended by the peer without close_notify",
  "closed": "closed by us",
  "error": "failed",
};

/** How the event of a new connection begins. */
const CONNECTED = "connected to ";

/** Whether an event is the first one of a connection. */
export function beginsConnection(event: WireEvent): boolean {
  return event.direction === "event" && event.event.startsWith(CONNECTED);
}

/** A connection that tells of everything that goes over it. */
export class TappedConnection implements Connection {
  readonly #connection: Connection;
  readonly #onWire: (event: WireEvent) => void;
  readonly #startedAt: number;
  readonly #number: number;
  #sent = 0;
  #received = 0;
  #ended = false;
  #failed = false;
  #finTold = false;

  /**
   * @param startedAt `performance.now()` from which the events count
   * @param number The connection's number within the probe, from 1
   */
  constructor(connection: Connection, onWire: (event: WireEvent) => void, startedAt: number, number: number) {
    this.#connection = connection;
    this.#onWire = onWire;
    this.#startedAt = startedAt;
    this.#number = number;
    const { address, port } = connection.peer;
    const tls = connection.tls?.version ? ` with ${connection.tls.version}` : "";
    this.#tell(port === 0 ? `${CONNECTED}${address}${tls}` : `${CONNECTED}${address} port ${port}${tls}`);
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
    if (outcome.type === "data") {
      const { bytes } = outcome;
      this.#report({ ...this.#moment(), direction: "received", offset: this.#received, bytes });
      this.#received += bytes.length;
    } else if (outcome.type === "error") this.#tellEnd(`failed: ${explainTls(outcome.error.message)}`);
    else this.#tellEnd(ENDS[outcome.type]);
    return outcome;
  }

  get heldBack(): Promise<void> | undefined {
    return this.#connection.heldBack;
  }

  async waitForFin(): Promise<boolean> {
    const fin = await this.#connection.waitForFin?.() ?? false;
    if (fin && !this.#finTold) {
      this.#finTold = true;
      this.#tell(ENDS.fin);
    }
    return fin;
  }

  async write(bytes: Uint8Array): Promise<WriteOutcome> {
    const moment = this.#moment();
    // What comes while somebody is told of a write would be taken for the answer to it, so the write begins before that.
    const writing = this.#connection.write(bytes);
    // Told before anything is read again, so that what an answer answers stands before it.
    this.#report({ ...moment, direction: "sent", offset: this.#sent, bytes });
    this.#sent += bytes.length;
    const outcome = await writing;
    if (outcome.type === "broken") this.#tell("the peer takes no more octets");
    return outcome;
  }

  async closeWrite(): Promise<void> {
    await this.#connection.closeWrite();
    this.#tell("our side ended (FIN)");
  }

  close(): void {
    this.#connection.close();
    this.#tellEnd(ENDS.closed);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #moment(): { at: number; connection: number } {
    return { at: performance.now() - this.#startedAt, connection: this.#number };
  }

  #tell(event: string): void {
    this.#report({ ...this.#moment(), direction: "event", event });
  }

  /** What the callback throws is the caller's; it ends the connection, and the callback is left alone from then on. */
  #report(event: WireEvent): void {
    if (this.#failed) return;
    try {
      this.#onWire(event);
    } catch (error) {
      this.#failed = true;
      this.#connection.close();
      throw error;
    }
  }

  #tellEnd(event: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#tell(event);
  }
}
