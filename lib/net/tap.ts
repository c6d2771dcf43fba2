/**
 * Listens in on a connection.
 *
 * @module
 */

import type { Endpoint, TlsFacts } from "../result.ts";
import type { Connection, ReadOutcome, WriteOutcome } from "./connection.ts";

/**
 * Is told of octets as they pass, decrypted. The bytes are valid during the call only. What is sent is told before it
 * is handed to the system, so that no answer can come before its request.
 */
export type Tap = (direction: "sent" | "received", bytes: Uint8Array) => void;

/**
 * A connection that does the same and tells a listener of all octets.
 *
 * @param connection The connection, which belongs to the one returned from then on.
 */
export function tapConnection(connection: Connection, tap: Tap): Connection {
  return new TappedConnection(connection, tap);
}

class TappedConnection implements Connection {
  readonly #connection: Connection;
  readonly #tap: Tap;

  constructor(connection: Connection, tap: Tap) {
    this.#connection = connection;
    this.#tap = tap;
  }

  get peer(): Endpoint & { readonly family?: 4 | 6 } {
    return this.#connection.peer;
  }

  get local(): Endpoint {
    return this.#connection.local;
  }

  get tls(): TlsFacts | undefined {
    return this.#connection.tls;
  }

  async read(): Promise<ReadOutcome> {
    const outcome = await this.#connection.read();
    if (outcome.type === "data") this.#tap("received", outcome.bytes);
    return outcome;
  }

  write(bytes: Uint8Array): Promise<WriteOutcome> {
    this.#tap("sent", bytes);
    return this.#connection.write(bytes);
  }

  closeWrite(): Promise<void> {
    return this.#connection.closeWrite();
  }

  close(): void {
    this.#connection.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
