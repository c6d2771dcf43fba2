/**
 * Reads what `escapeWire()` wrote.
 *
 * @module
 */

const TOKEN = /\\x([0-9a-f]{2})|\\([rnt\\])|([\x20-\x5b\x5d-\x7e])|[^]/g;
const NAMED: Readonly<Record<string, number>> = { r: 0x0d, n: 0x0a, t: 0x09, "\\": 0x5c };

/**
 * Gives the octets of a text.
 *
 * @throws {SyntaxError} If the text has an escape that is not one of `escapeWire()`, or a character that it escapes
 */
export function unescapeWire(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.matchAll(TOKEN), ([found, hex, name, plain]) => {
    if (hex !== undefined) return Number.parseInt(hex, 16);
    if (name !== undefined) return NAMED[name]!;
    if (plain !== undefined) return plain.charCodeAt(0);
    throw new SyntaxError(`${JSON.stringify(found)} is no escape or plain octet`);
  });
}
