/**
 * Writes octets as text that can be read back: printable ASCII stays, a backslash is doubled, and everything
 * else is escaped.
 *
 * @module
 */

const ESCAPES: readonly string[] = Array.from({ length: 256 }, (_, octet) => {
  if (octet === 0x0d) return "\\r";
  if (octet === 0x0a) return "\\n";
  if (octet === 0x09) return "\\t";
  if (octet === 0x5c) return "\\\\";
  if (octet >= 0x20 && octet <= 0x7e) return String.fromCharCode(octet);
  return `\\x${octet.toString(16).padStart(2, "0")}`;
});

/** Escapes one octet, as one to four characters of printable ASCII. */
export function escapeOctet(octet: number): string {
  return ESCAPES[octet & 0xff] ?? "";
}

/** Writes octets as printable ASCII: `\r`, `\n`, `\t`, `\\`, `\xHH`. */
export function escapeWire(bytes: Uint8Array): string {
  let text = "";
  for (const octet of bytes) text += ESCAPES[octet];
  return text;
}
