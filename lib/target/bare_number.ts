/**
 * Explains a number in place of a host, which may be a port.
 *
 * @module
 */

/** Tells if a text is a number alone, which the URL parser reads as an IPv4 address. */
export function isBareNumber(text: string): boolean {
  return /^(?:\d+|0x[0-9a-f]+)$/i.test(text);
}

/** Gives the IPv4 address that a number alone is as a host; `undefined` if there is none. */
export function addressOfNumber(text: string): string | undefined {
  return isBareNumber(text) ? URL.parse(`http://${text}/`)?.hostname : undefined;
}

/** Names the address that a number is as a host, and words what to write instead: it, or the port if it can be one. */
export function adviseNumber(text: string, address: string): string {
  const port = isPort(text) ? `, or HOST:${text} for the port` : "";
  return `the address ${address}; write that address${port}`;
}

/** Tells if a text is the number of a port. */
export function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535;
}
