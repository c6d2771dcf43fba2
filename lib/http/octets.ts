/**
 * Octets and text: one code unit for each octet (ISO-8859-1), and the octets of the grammar.
 *
 * `TextDecoder("latin1")` is windows-1252 by the Encoding Standard, so `node:buffer` does the conversion.
 *
 * @module
 */

import { Buffer } from "node:buffer";

export const HTAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SP = 0x20;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const DEL = 0x7f;

/** For each octet whether it may stand in a token: 1 or 0 (RFC 9110 §5.6.2). */
export const TOKEN_OCTETS: Uint8Array = Uint8Array.from(
  { length: 256 },
  (_, octet) => isToken(String.fromCharCode(octet)) ? 1 : 0,
);

/** Whether all of a text is a token (RFC 9110 §5.6.2). */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
}

// Faster than `toString("latin1")`, and works on any octets, not on `Buffer` alone.
const { latin1Slice } = Buffer.prototype;

/** Octets → text, one code unit for each octet. */
export function decodeLatin1(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  return latin1Slice.call(bytes, start, end);
}

/**
 * Text → octets, one octet for each code unit.
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

/** Removes optional whitespace (SP and HTAB, nothing else) from both ends. */
export function trimOws(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Whether an octet is SP or HTAB. */
export function isBlank(octet: number): boolean {
  return octet === SP || octet === HTAB;
}

/** Puts pieces of octets together. */
export function joinOctets(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
