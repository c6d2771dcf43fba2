/**
 * An error of the TLS layer: it refuses octets of the peer, or the peer sent an alert.
 *
 * @module
 */

/**
 * An error of a connection that `node:tls` reports. Octets of the peer caused it, whatever its code and text are;
 * errors of the system below never arrive this way.
 */
export class TlsFault extends Error {
  override name = "TlsFault";

  /** @param cause The error of `node:tls`, whose text and code this one copies. */
  constructor(cause: Error) {
    super(cause.message, { cause });
  }

  /** The code of the cause, as `ERR_SSL_WRONG_VERSION_NUMBER`. */
  get code(): string | undefined {
    const { code } = this.cause as { code?: unknown };
    return typeof code === "string" ? code : undefined;
  }
}
