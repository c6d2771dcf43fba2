/**
 * Octets as text that can be read back: printable ASCII stays, a backslash is doubled, all else is escaped.
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

const TOKEN = /\\(?:x([0-9a-fA-F]{2})|([rnt\\]))|([\x20-\x5b\x5d-\x7e])/y;
const NAMED: Readonly<Record<string, number>> = { r: 0x0d, n: 0x0a, t: 0x09, "\\": 0x5c };

/** The escape of one octet, one to four characters of printable ASCII. */
export function escapeOctet(octet: number): string {
  return ESCAPES[octet & 0xff] ?? "";
}

/**
 * Writes octets as printable ASCII from which each of them can be told: `\r`, `\n`, `\t`, `\\`, `\xHH`.
 * {@linkcode unescapeWire} reads it back.
 */
export function escapeWire(bytes: Uint8Array): string {
  let text = "";
  for (const octet of bytes) text += ESCAPES[octet];
  return text;
}

/**
 * Reads what {@linkcode escapeWire} wrote.
 *
 * @throws {SyntaxError} If the text has an escape that is not one of its own, or a character that it would have escaped
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { escapeWire, unescapeWire } from "./escape_wire.ts";
 *
 * const text = escapeWire(Uint8Array.of(0x48, 0x69, 0x0d, 0x0a, 0xff));
 * assertEquals(text, "Hi\\r\\n\\xff");
 * assertEquals(unescapeWire(text), Uint8Array.of(0x48, 0x69, 0x0d, 0x0a, 0xff));
 * ```
 */
export function unescapeWire(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(text);
    if (match === null) {
      const found = JSON.stringify(text.slice(at, at + 4));
      throw new SyntaxError(
        `Cannot read escaped octets: ${found} at column ${at + 1} is no escape or plain octet`,
      );
    }
    const [, hex, name, plain] = match;
    if (hex !== undefined) bytes[length++] = Number.parseInt(hex, 16);
    else if (name !== undefined) bytes[length++] = NAMED[name] ?? 0;
    else bytes[length++] = plain?.charCodeAt(0) ?? 0;
  }
  return bytes.slice(0, length);
}
