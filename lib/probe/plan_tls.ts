/**
 * Plans TLS: from a host and options to the input of a handshake.
 *
 * @module
 */

import { checkAlpn } from "../net/tls/alpn.ts";
import { parseServerName } from "../net/tls/server_name.ts";
import type { TlsRequest } from "../net/tls/tls_request.ts";
import type { ReachOptions } from "./options.ts";

/**
 * Plans the TLS handshake with a host.
 *
 * @throws {SyntaxError} If `sni` is neither the name of a host nor an IP address.
 * @throws {RangeError} If `alpn` cannot be sent.
 */
export function planTls(host: string, options: ReachOptions): TlsRequest {
  const { sni, alpn = [], verify = true, caCerts, cert, key } = options;
  checkAlpn(alpn);
  return {
    // RFC 6066 §3: SNI is without the trailing dot; a zone means nothing to the other side.
    serverName: sni !== undefined ? parseServerName(sni) : host.replace(/%[^]*$/, "").replace(/\.$/, ""),
    alpn,
    verify,
    caCerts,
    cert,
    key,
  };
}
