/**
 * Checks the protocols to offer in ALPN (RFC 7301).
 *
 * @module
 */

/** Bytes of all names with their lengths; the length field of the list has two bytes (§3.1). */
const LONGEST_LIST = 0xffff;

/**
 * Checks that a list can be sent; otherwise a server would be blamed for its answer to a malformed one.
 *
 * @throws {RangeError} If a name is empty or longer than 255 bytes, or all names together are too long.
 */
export function checkAlpn(names: readonly string[]): void {
  let octets = 0;
  for (const name of names) {
    const { length } = new TextEncoder().encode(name);
    if (length === 0 || length > 255) {
      throw new RangeError(`Cannot offer a protocol of ${length} octets by ALPN: a name has 1 to 255`);
    }
    octets += length + 1;
  }
  // The other extensions of a ClientHello need room as well.
  if (octets > LONGEST_LIST / 2) {
    throw new RangeError(
      `Cannot offer ${names.length} protocols by ALPN: together they are too long to be sent`,
    );
  }
}
