/**
 * Reads octets as a person types them on a command line.
 *
 * @module
 */

import { joinOctets } from "../http/octets.ts";

const NAMED: Readonly<Record<string, number>> = {
  r: 0x0d,
  n: 0x0a,
  t: 0x09,
  "0": 0x00,
  a: 0x07,
  b: 0x08,
  e: 0x1b,
  f: 0x0c,
  v: 0x0b,
  "\\": 0x5c,
  '"': 0x22,
  "'": 0x27,
};

const TOKEN = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|([^xu]))|[^\\]+/y;

/**
 * Reads text with escapes: `\r`, `\n`, `\t`, `\0`, `\a`, `\b`, `\e`, `\f`, `\v`, `\\`, `\"`, `\'`; `\xHH` is one octet;
 * `\uHHHH` and `\u{H…}` are a character, which is sent as UTF-8 like any other.
 *
 * @throws {SyntaxError} If the text contains any other escape
 *
 * @example Usage
 * ```ts
 * import { parseEscapedText } from "https://deno.land/x/sonde/lib/raw.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseEscapedText("\\x00\\u00e9\\r\\n"), Uint8Array.of(0x00, 0xc3, 0xa9, 0x0d, 0x0a));
 * ```
 */
export function parseEscapedText(text: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let surrogate = "";
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(text);
    if (match === null) return refuse(text, at);
    const [plain, octet, unit, point, name] = match;
    const character = unit !== undefined
      ? String.fromCharCode(parseInt(unit, 16))
      : point !== undefined && parseInt(point, 16) <= 0x10ffff
      ? String.fromCodePoint(parseInt(point, 16))
      : "";
    // Two escapes, \ud83d\ude00, form one character.
    if (/^[\ud800-\udbff]$/.test(character) && surrogate === "") {
      surrogate = character;
      continue;
    }
    if (surrogate !== "" && !/^[\udc00-\udfff]$/.test(character)) return refuse(text, at);
    if (character !== "") pieces.push(encoder.encode(wellFormed(surrogate + character, text, at)));
    else if (octet !== undefined) pieces.push(Uint8Array.of(parseInt(octet, 16)));
    else if (name !== undefined) pieces.push(Uint8Array.of(NAMED[name] ?? refuse(text, at)));
    else if (point !== undefined) return refuse(text, at);
    else pieces.push(encoder.encode(plain));
    surrogate = "";
  }
  if (surrogate !== "") return refuse(text, text.length);
  return joinOctets(pieces);
}

function wellFormed(character: string, text: string, at: number): string {
  return character.isWellFormed() ? character : refuse(text, at);
}

function refuse(text: string, at: number): never {
  const found = JSON.stringify(text.slice(at, at + 4));
  throw new SyntaxError(
    `Cannot read ${found} at column ${
      at + 1
    }: escapes are \\r \\n \\t \\0 \\e \\xHH \\uHHHH \\u{H…} and \\\\`,
  );
}
