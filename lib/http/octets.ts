/**
 * Converts octets to text and back, one code unit for each octet (ISO-8859-1), and names the octets of the grammar.
 *
 * `TextDecoder("latin1")` is windows-1252 by the Encoding Standard, so `Buffer` converts all but short texts.
 *
 * @module
 */

export const HTAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SP = 0x20;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const DEL = 0x7f;

/** A table with 1 for each octet that a token may contain, and 0 for others (RFC 9110 §5.6.2). */
export const TOKEN_OCTETS: Uint8Array = Uint8Array.from(
  { length: 256 },
  (_, octet) => isToken(String.fromCharCode(octet)) ? 1 : 0,
);

/** Tells whether all of a text is a token (RFC 9110 §5.6.2). */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
}

/**
 * Least number of octets for which `Buffer` is worth loading. Loading it takes Deno longer than probing a nearby
 * server, and most probes read only one head.
 */
const WORTH_BUFFER = 16 * 1024;

type Slice = (this: Uint8Array, start: number, end: number) => string;

/** Faster than `toString("latin1")`, and works on any `Uint8Array`, not only on a `Buffer`. */
let latin1Slice: Slice | undefined;
let decoded = 0;

/** Converts octets to text, one code unit for each octet. */
export function decodeLatin1(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  if (latin1Slice === undefined) {
    decoded += end - start;
    if (decoded < WORTH_BUFFER) return String.fromCharCode(...bytes.subarray(start, end));
    latin1Slice = globalThis.Buffer.prototype.latin1Slice as Slice;
  }
  return latin1Slice.call(bytes, start, end);
}

/**
 * Converts text to octets, one octet for each code unit.
 *
 * @throws {RangeError} If a code unit is above 0xFF
 */
export function encodeLatin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0xff) {
      throw new RangeError(
        `Cannot encode ${JSON.stringify(text)} as octets: the character at ${i} is above U+00FF`,
      );
    }
    bytes[i] = unit;
  }
  return bytes;
}

/** Converts text to one code unit for each octet of its UTF-8, the form of field values and request targets. */
export function utf8Octets(text: string): string {
  let octets = "";
  for (const octet of new TextEncoder().encode(text)) octets += String.fromCharCode(octet);
  return octets;
}

/** Percent-encodes octets beyond ASCII, so that text with one code unit for each octet can be part of a URL. */
export function percentEncodeOctets(text: string): string {
  return text.replace(/[\x80-\xff]/g, (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Removes optional whitespace (SP and HTAB, nothing else) from both ends. */
export function trimOws(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Tells whether an octet is SP or HTAB. */
export function isBlank(octet: number): boolean {
  return octet === SP || octet === HTAB;
}

/** Joins pieces of octets. */
export function joinOctets(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
