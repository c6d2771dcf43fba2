/**
 * Computes the 32-bit FNV-1a hash of an IP address, as blackbox_exporter does. A change of the hash shows a
 * change of the address.
 *
 * @param address The address, without brackets; a zone is ignored.
 */
export function hashAddress(address: string): number {
  let hash = 0x811c9dc5;
  for (const octet of octetsOf(address)) hash = Math.imul(hash ^ octet, 0x01000193);
  return hash >>> 0;
}

function octetsOf(address: string): number[] {
  if (!address.includes(":")) return address.split(".").map(Number);
  // The URL parser writes an embedded IPv4 address as two groups.
  const groups = new URL(`http://[${address.split("%", 1)[0]}]/`).hostname.slice(1, -1);
  const [before = "", after] = groups.split("::");
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  const octets = [...head, ...zeros, ...tail].flatMap((group) => {
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
  // An IPv4-mapped IPv6 address has the hash of its IPv4 address.
  const mapped = octets.slice(0, 10).every((octet) => octet === 0) && octets[10] === 0xff &&
    octets[11] === 0xff;
  return mapped ? octets.slice(12) : octets;
}
