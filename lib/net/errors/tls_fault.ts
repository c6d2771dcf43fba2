/**
 * An error of the TLS layer: octets of the peer that it refuses, or an alert of the peer.
 *
 * @module
 */

/**
 * What `node:tls` says of a connection. Whatever its code and its text are, the octets of the peer brought it about:
 * an error of the system below never comes this way.
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
