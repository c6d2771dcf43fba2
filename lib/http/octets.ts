/**
 * Octets and text: one code unit for each octet (ISO-8859-1), and the octet classes of the grammar.
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

/** A token octet (RFC 9110 §5.6.2). */
export const IS_TOKEN = 1;
/** A control octet other than HTAB, NUL, CR and LF. */
export const IS_CTL = 2;
/** An octet from 0x80 on (obs-text). */
export const IS_OBS_TEXT = 4;
/** NUL. */
export const IS_NUL = 8;
/** CR or LF. */
export const IS_LINE_END = 16;

/** For each octet the classes that it belongs to. */
export const OCTET_CLASS: Uint8Array = makeOctetClasses();

function makeOctetClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  for (let octet = 0; octet < 256; octet++) {
    if (octet >= 0x80) classes[octet] = IS_OBS_TEXT;
    else if (octet === 0) classes[octet] = IS_NUL;
    else if (octet === CR || octet === LF) classes[octet] = IS_LINE_END;
    else if (octet < SP && octet !== HTAB || octet === 0x7f) classes[octet] = IS_CTL;
    else if (/[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(octet))) classes[octet] = IS_TOKEN;
  }
  return classes;
}

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
