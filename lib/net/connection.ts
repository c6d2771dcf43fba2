/**
 * The interface of an open connection, the same for TCP, Unix sockets and TLS.
 *
 * @module
 */

import type { Endpoint, TlsFacts } from "../result.ts";

/** The outcome of one read: octets, or the end of the stream. */
export type ReadOutcome =
  | { readonly type: "data"; readonly bytes: Uint8Array }
  /** The TCP stream ended. A connection over TLS ends with `close-notify` or `tls-truncated` instead. */
  | { readonly type: "fin" }
  /** TLS ended with close_notify (RFC 8446 §6.1). The TCP stream below may go on: {@linkcode Connection.waitForFin} tells. */
  | { readonly type: "close-notify" }
  | { readonly type: "rst" }
  /** The TCP stream ended without close_notify (RFC 8446 §6.1). */
  | { readonly type: "tls-truncated" }
  /** We closed it ourselves: a deadline or an abort. */
  | { readonly type: "closed" }
  /** Anything else, a TLS alert in the middle for instance. */
  | { readonly type: "error"; readonly error: Error };

/** The outcome of one write. */
export type WriteOutcome =
  | { readonly type: "written" }
  /** The peer no longer takes octets; octets that it sent before may still be readable. */
  | { readonly type: "broken"; readonly how: "rst" | "pipe" }
  | { readonly type: "closed" }
  | { readonly type: "error"; readonly error: Error };

/** An open connection. Reads and writes give outcomes and never throw. */
export interface Connection extends Disposable {
  readonly peer: Endpoint & { readonly family?: 4 | 6 };
  readonly local: Endpoint;
  /** Facts of the TLS handshake; absent on a plain connection. */
  readonly tls?: TlsFacts | undefined;
  /** Octets that the system has taken so far; over TLS only those of writes that it has taken whole. */
  readonly taken: number;
  /**
   * Waits for octets. The bytes are valid until the next call of `read`.
   * An end that was reported once is reported again by every later call; a RST that a write ran into is remembered.
   */
  read(): Promise<ReadOutcome>;
  /** Writes all octets, however many calls to the system that takes. */
  write(bytes: Uint8Array): Promise<WriteOutcome>;
  /**
   * Waits for the end of the TCP stream below, once {@linkcode read} has given `close-notify`. Octets that come in between
   * are thrown away. Present on TLS only.
   *
   * @returns Whether it was FIN; `false` for RST, or where we closed the connection
   */
  waitForFin?(): Promise<boolean>;
  /** Present while octets have come that the pending read gives only when the event loop has turned for others. */
  readonly heldBack?: Promise<void> | undefined;
  /** Ends our sending side: FIN on TCP, close_notify and FIN on TLS. */
  closeWrite(): Promise<void>;
  /** Closes both directions; a pending read or write gives `closed`. Calling it again does nothing. */
  close(): void;
}
