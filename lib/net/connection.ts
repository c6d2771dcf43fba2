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
  /** We closed the connection: a deadline or an abort. */
  | { readonly type: "closed" }
  /** Any other failure, for instance a TLS alert in the middle of the stream. */
  | { readonly type: "error"; readonly error: Error };

/** The outcome of one write. */
export type WriteOutcome =
  | { readonly type: "written" }
  /** The peer no longer accepts octets; octets that it sent earlier may still be readable. */
  | { readonly type: "broken"; readonly how: "rst" | "pipe" }
  | { readonly type: "closed" }
  | { readonly type: "error"; readonly error: Error };

/** An open connection. Reads and writes return outcomes and never throw. */
export interface Connection extends Disposable {
  readonly peer: Endpoint & { readonly family?: 4 | 6 };
  readonly local: Endpoint;
  /** Facts of the TLS handshake; absent on a plain connection. */
  readonly tls?: TlsFacts | undefined;
  /** Octets that the system has accepted so far. Over TLS, only those of completely accepted writes. */
  readonly taken: number;
  /**
   * Waits for octets. They are valid until the next call of `read`. Once it has reported an end, every later call
   * reports that end again; if a write met a RST, the next read reports it.
   */
  read(): Promise<ReadOutcome>;
  /** Writes all octets, in as many system calls as necessary. */
  write(bytes: Uint8Array): Promise<WriteOutcome>;
  /**
   * Waits for the end of the TCP stream below, after {@linkcode read} has given `close-notify`. Octets that come in
   * between are discarded. Present only on TLS.
   *
   * @returns True if FIN came; false for RST, or if we closed the connection
   */
  waitForFin?(): Promise<boolean>;
  /** Present while octets have arrived that the pending read holds back until other work in the event loop has run. */
  readonly heldBack?: Promise<void> | undefined;
  /** Ends our sending side: FIN on TCP; close_notify and FIN on TLS. */
  closeWrite(): Promise<void>;
  /** Closes both directions; a pending read or write gives `closed`. Another call does nothing. */
  close(): void;
}
