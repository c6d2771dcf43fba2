/**
 * The records of a TLS server on a socket that can also be used without it, for servers that break off below TLS.
 *
 * @module
 */

import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** A stream over a socket that neither ends nor destroys the socket. */
export class RawStream extends Duplex {
  readonly #socket: Socket;

  /** @param socket It may be written to and ended directly as well. */
  constructor(socket: Socket) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    socket.on("data", (bytes: Uint8Array) => this.push(bytes));
    socket.on("end", () => this.push(null));
  }

  /** Nothing: what comes is pushed as it comes. */
  override _read(): void {}

  /** Sends records, as long as the socket is there. */
  override _write(records: Uint8Array, _encoding: string, callback: () => void): void {
    this.#socket.write(records, () => callback());
  }
}
