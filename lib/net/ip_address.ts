/**
 * Tells IP addresses from names. `node:net` can do that too, but loading it takes longer than a probe on loopback.
 *
 * @module
 */

const OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
const IPV4 = new RegExp(`^(?:${OCTET}\\.){3}${OCTET}$`);
const IPV6 = /^([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:%[0-9A-Za-z._~-]+)?$/;

/**
 * Gives the family of an IP address.
 *
 * @param text An address without brackets; an IPv6 address may have a zone.
 * @returns 4 or 6, or 0 if the text is not an IP address.
 */
export function ipFamily(text: string): 0 | 4 | 6 {
  if (IPV4.test(text)) return 4;
  const [, address] = IPV6.exec(text) ?? [];
  return address !== undefined && URL.canParse(`http://[${address}]/`) ? 6 : 0;
}
