/**
 * The input of a TLS handshake.
 *
 * @module
 */

/** The options of TLS. Certificates and keys are PEM texts, not file names. */
export interface TlsRequest {
  /** Name to send as SNI and to verify the certificate against; an IP address is only verified. */
  readonly serverName: string;
  /** Protocols to offer in order, as `http/1.1`; without it or with an empty list, no protocol is offered. */
  readonly alpn?: readonly string[] | undefined;
  /** False accepts any certificate; the facts still have the verdict. */
  readonly verify: boolean;
  /** Authorities to trust instead of the built-in ones. */
  readonly caCerts?: readonly string[] | undefined;
  /** Client certificate, followed by its chain. */
  readonly cert?: string | undefined;
  /** Private key of `cert`; without it, the text of `cert` must contain the key. */
  readonly key?: string | undefined;
}
