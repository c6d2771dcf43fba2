/**
 * A plain connection, over TCP or a Unix socket.
 *
 * @module
 */

import type { Endpoint } from "../result.ts";
import { codeOf } from "./errors/classify_error.ts";
import type { Connection, ReadOutcome, WriteOutcome } from "./connection.ts";
import { ReadBuffer } from "./read_buffer.ts";
import { TurnShare } from "../time/turn_share.ts";

const FIN: ReadOutcome = { type: "fin" };
const RST: ReadOutcome = { type: "rst" };
const CLOSED: ReadOutcome & WriteOutcome = { type: "closed" };
const WRITTEN: WriteOutcome = { type: "written" };

/** Turns a `Deno.Conn` into a {@linkcode Connection}, which owns it from then on. */
export class TcpConnection implements Connection {
  readonly peer: Endpoint & { readonly family?: 4 | 6 };
  readonly local: Endpoint;
  readonly #conn: Deno.Conn;
  readonly #buffer = new ReadBuffer();
  readonly #share = new TurnShare();
  #heldBack: Promise<void> | undefined;
  #end: ReadOutcome | undefined;
  #taken = 0;
  #closed = false;
  #wroteEnd = false;
  /** A RST is reported only once: if a write received it, the next read would just see an end of the stream. */
  #resetSeen = false;

  /** @param conn An open connection over TCP or a Unix socket. */
  constructor(conn: Deno.Conn) {
    this.#conn = conn;
    this.peer = peerOf(conn.remoteAddr);
    this.local = endpointOf(conn.localAddr);
  }

  /** See {@linkcode Connection.heldBack}. */
  get heldBack(): Promise<void> | undefined {
    return this.#heldBack;
  }

  /** See {@linkcode Connection.taken}. */
  get taken(): number {
    return this.#taken;
  }

  /** See {@linkcode Connection.read}. */
  async read(): Promise<ReadOutcome> {
    if (this.#closed) return CLOSED;
    if (this.#end !== undefined) return this.#end;
    try {
      const count = await this.#conn.read(this.#buffer.get());
      this.#heldBack = count === null ? undefined : this.#share.take(count);
      if (this.#heldBack) await this.#heldBack;
      this.#heldBack = undefined;
      if (this.#closed) return CLOSED;
      if (count !== null) return { type: "data", bytes: this.#buffer.take(count) };
      this.#end = this.#resetSeen ? RST : FIN;
    } catch (error) {
      if (this.#closed) {
        // The read was cancelled, so nothing writes to the buffer any more.
        this.#buffer.release();
        return CLOSED;
      }
      this.#end = readEnd(error);
    }
    // Asking for more means that the octets of the previous read are no longer needed.
    this.#buffer.release();
    return this.#end;
  }

  /** See {@linkcode Connection.write}. */
  async write(bytes: Uint8Array): Promise<WriteOutcome> {
    if (this.#closed) return CLOSED;
    try {
      let rest = bytes;
      while (rest.length > 0) {
        const count = await this.#conn.write(rest);
        this.#taken += count;
        rest = rest.subarray(count);
        const turn = this.#share.take(count);
        if (turn) await turn;
        if (this.#closed) return CLOSED;
      }
      return WRITTEN;
    } catch (error) {
      if (this.#closed) return CLOSED;
      return this.#broken(error);
    }
  }

  #broken(error: unknown): WriteOutcome {
    switch (codeOf(error)) {
      case "ECONNRESET":
      case "ECONNABORTED":
        this.#resetSeen = true;
        return { type: "broken", how: "rst" };
      // A RST was reported earlier, or a FIN with a RST behind it still has to be read.
      case "EPIPE":
      case "ENOTCONN":
        return { type: "broken", how: this.#resetSeen || this.#end === RST ? "rst" : "pipe" };
      default:
        return { type: "error", error: asError(error) };
    }
  }

  /** See {@linkcode Connection.closeWrite}. */
  async closeWrite(): Promise<void> {
    if (this.#closed || this.#wroteEnd) return;
    this.#wroteEnd = true;
    try {
      await this.#conn.closeWrite();
    } catch {
      // The peer has reset the connection, or we have just closed it, so there is no sending side to end.
    }
  }

  /** See {@linkcode Connection.close}. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#conn.close();
  }

  /** The same as {@linkcode TcpConnection.close}. */
  [Symbol.dispose](): void {
    this.close();
  }
}

function readEnd(error: unknown): ReadOutcome {
  switch (codeOf(error)) {
    case "ECONNRESET":
    case "ECONNABORTED":
    case "EPIPE":
      return RST;
    default:
      return { type: "error", error: asError(error) };
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function peerOf(address: Deno.Addr): Endpoint & { readonly family?: 4 | 6 } {
  const endpoint = endpointOf(address);
  if (address.transport !== "tcp") return endpoint;
  return { ...endpoint, family: endpoint.address.includes(":") ? 6 : 4 };
}

function endpointOf(address: Deno.Addr): Endpoint {
  switch (address.transport) {
    case "tcp":
    case "udp":
      return { address: address.hostname, port: address.port };
    case "unix":
    case "unixpacket":
      // The connecting end has no path; Deno reports null.
      return { address: address.path ?? "", port: 0 };
    case "vsock":
      return { address: `vsock:${address.cid}`, port: address.port };
  }
}
