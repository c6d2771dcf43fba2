/**
 * Checks the protocols to offer by ALPN (RFC 7301).
 *
 * @module
 */

/** Octets of all names with their lengths; the length of the list takes two octets (§3.1). */
const LONGEST_LIST = 0xffff;

/**
 * Makes sure that a list can be sent; a server would be blamed for its answer to one that cannot.
 *
 * @throws {RangeError} If a name is empty or longer than 255 octets, or all are too long together.
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
  // The other extensions of a ClientHello need some room as well.
  if (octets > LONGEST_LIST / 2) {
    throw new RangeError(
      `Cannot offer ${names.length} protocols by ALPN: together they are too long to be sent`,
    );
  }
}
