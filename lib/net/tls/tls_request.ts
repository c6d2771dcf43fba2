/**
 * The input of a TLS handshake.
 *
 * @module
 */

/** The options of TLS. Certificates and keys are PEM texts, not file names. */
export interface TlsRequest {
  /** Name to send as SNI and to verify the certificate against; an IP address is verified but not sent. */
  readonly serverName: string;
  /** Protocols to offer in order, as `http/1.1`; none are offered when left out or empty. */
  readonly alpn?: readonly string[] | undefined;
  /** False goes on with any certificate; the verdict is still in the facts. */
  readonly verify: boolean;
  /** Authorities to trust instead of the built-in ones. */
  readonly caCerts?: readonly string[] | undefined;
  /** Client certificate, its chain behind it. */
  readonly cert?: string | undefined;
  /** Private key of `cert`; without it, it stands in the text of `cert`. */
  readonly key?: string | undefined;
}
