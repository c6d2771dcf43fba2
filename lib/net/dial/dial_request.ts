/**
 * What dialling is asked to do.
 *
 * @module
 */

import type { TlsRequest } from "../tls/tls_request.ts";

/** Where to connect, and how. */
export interface DialRequest {
  /** A name or an IP address, no brackets; an IPv6 address may carry a zone. */
  readonly host: string;
  /** 1 to 65,535; of no account with `unixSocket`. */
  readonly port: number;
  /** Only addresses of this family. */
  readonly family?: 4 | 6;
  /** IP addresses to use instead of a lookup. */
  readonly addresses?: readonly string[];
  readonly unixSocket?: string;
  /** Connects only to addresses of the public internet, whatever the name leads to. */
  readonly denyPrivate?: boolean;
  readonly tls?: TlsRequest;
}
