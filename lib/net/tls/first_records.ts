/**
 * Recognises by the first octets of a server whether it speaks TLS.
 *
 * @module
 */

const ALERT = 21;
const APPLICATION_DATA = 23;
const CHANGE_CIPHER_SPEC = 20;

/** Descriptions of alerts that may be warnings (RFC 5246 §7.2, RFC 6066 §3). */
const WARNINGS: Readonly<Record<number, string>> = {
  0: "close_notify",
  90: "user_canceled",
  100: "no_renegotiation",
  112: "unrecognized_name",
};

/**
 * Tells whether the octets begin with a TLS record: change_cipher_spec, alert, handshake or application data, with a
 * version from SSL 3.0 to TLS 1.3. No other protocol begins like that, whatever the rest of the record contains.
 *
 * @param beginning The first octets of the server.
 */
export function beginsWithTlsRecord(beginning: Uint8Array): boolean {
  const [type = 0, major, minor = 255] = beginning;
  return type >= CHANGE_CIPHER_SPEC && type <= APPLICATION_DATA && major === 3 && minor <= 4;
}

/**
 * Gives the name of the alert that a server sent first as a warning. A warning alone ends nothing.
 *
 * @param beginning The first octets of the server.
 */
export function readFirstWarning(beginning: Uint8Array): string | undefined {
  const [type, major, , high, low, level, description = 0] = beginning;
  if (beginning.length < 7 || type !== ALERT || major !== 3 || high !== 0 || low !== 2 || level !== 1) {
    return undefined;
  }
  return WARNINGS[description] ?? String(description);
}
