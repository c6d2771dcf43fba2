/**
 * Opens a connection: name lookup, TCP connect and TLS handshake as phases apart, one address at a time.
 *
 * @module
 */

import type { ConnectTry, ProbeError, TlsFacts } from "../result.ts";
import type { Connection } from "./connection.ts";
import type { Deadline } from "./deadline.ts";

/** What TLS is asked to do. PEM texts, not file names. */
export interface TlsRequest {
  /** Name to send as SNI and to verify the certificate against; an IP address is verified but not sent. */
  readonly serverName: string;
  readonly alpn?: readonly string[];
  /** False goes on with any certificate; the verdict is still in the facts. */
  readonly verify: boolean;
  readonly caCerts?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
}

/** Where to connect, and how. */
export interface DialRequest {
  /** A name or an IP address, no brackets; an IPv6 address may carry a zone. */
  readonly host: string;
  readonly port: number;
  readonly family?: 4 | 6;
  /** Addresses to use instead of a lookup. */
  readonly addresses?: readonly string[];
  readonly unixSocket?: string;
  readonly tls?: TlsRequest;
}

/** Limits of the single phases in milliseconds, beside the deadline of the whole. */
export interface DialLimits {
  /** For each address. */
  readonly connectTimeout?: number;
  readonly tlsTimeout?: number;
  readonly dnsTimeout?: number;
}

/** What dialling gave: a connection, or the error, and in both cases what was tried and how long it took. */
export interface DialOutcome {
  readonly connection?: Connection;
  readonly error?: ProbeError;
  readonly tries: readonly ConnectTry[];
  readonly timings: { dns?: number; connect?: number; tls?: number };
  /** Also present when the handshake succeeded but the certificate was refused. */
  readonly tls?: TlsFacts;
}

/** The function that {@linkcode dial} is. */
export type Dial = (request: DialRequest, deadline: Deadline, limits?: DialLimits) => Promise<DialOutcome>;
