/**
 * The input of dialling.
 *
 * @module
 */

import type { TlsRequest } from "../tls/tls_request.ts";

/** The place to connect to, and the TLS to use there. */
export interface DialRequest {
  /** A name or an IP address without brackets; an IPv6 address may have a zone. */
  readonly host: string;
  /** 1 to 65,535; ignored with `unixSocket`. */
  readonly port: number;
  /** Use only addresses of this family. */
  readonly family?: 4 | 6 | undefined;
  /** IP addresses to use instead of a lookup. */
  readonly addresses?: readonly string[] | undefined;
  readonly unixSocket?: string | undefined;
  /** Connects only to addresses of the public internet, whatever the name resolves to. */
  readonly denyPrivate?: boolean | undefined;
  readonly tls?: TlsRequest | undefined;
}
