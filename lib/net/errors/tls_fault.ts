/**
 * An error of the TLS layer: octets of the peer that it refuses, or an alert of the peer.
 *
 * @module
 */

/**
 * An error that `node:tls` reports of a connection. Octets of the peer caused it, whatever its code and text are: an error of
 * the system below never comes this way.
 */
export class TlsFault extends Error {
  override name = "TlsFault";

  /** @param cause The error of `node:tls`, whose text and code this one takes over. */
  constructor(cause: Error) {
    super(cause.message, { cause });
  }

  /** The code of the cause, as `ERR_SSL_WRONG_VERSION_NUMBER`. */
  get code(): string | undefined {
    const { code } = this.cause as { code?: unknown };
    return typeof code === "string" ? code : undefined;
  }
}
