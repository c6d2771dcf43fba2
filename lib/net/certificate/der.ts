/**
 * Reads the elements of DER (X.690), the encoding of certificates.
 *
 * @module
 */

import { decodeLatin1 } from "../../http/octets.ts";

/** An element: its one-byte tag and its content. The content of a constructed element holds further elements. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** A tag with a number above 30 takes more than one byte; no field of a certificate has one. */
const LONG_TAG = 0x1f;

/** Four length bytes allow 4 GiB, more than any certificate has. */
const LONGEST_LENGTH = 4;

/**
 * Reads a sequence of elements. Bytes that do not form an element end the list: the rest of a malformed certificate is
 * not trusted.
 */
export function readElements(bytes: Uint8Array): DerElement[] {
  const elements: DerElement[] = [];
  let offset = 0;
  while (offset + 2 <= bytes.length) {
    const tag = bytes[offset]!;
    let length = bytes[offset + 1]!;
    offset += 2;
    if ((tag & LONG_TAG) === LONG_TAG) break;
    if (length >= 0x80) {
      const count = length - 0x80;
      if (count === 0 || count > LONGEST_LENGTH || offset + count > bytes.length) break;
      length = 0;
      for (const octet of bytes.subarray(offset, offset + count)) length = length * 256 + octet;
      offset += count;
    }
    if (offset + length > bytes.length) break;
    elements.push({ tag, content: bytes.subarray(offset, offset + length) });
    offset += length;
  }
  return elements;
}

/** Formats the content of an OBJECT IDENTIFIER with dots, as `2.5.4.3`. */
export function readObjectIdentifier(content: Uint8Array): string {
  const parts: number[] = [];
  let part = 0;
  for (const octet of content) {
    part = part * 128 + (octet & 0x7f);
    if (octet >= 0x80) continue;
    if (parts.length > 0) parts.push(part);
    // X.690 §8.19.4: one number encodes the first two.
    else parts.push(Math.min(2, Math.floor(part / 40)), part - 40 * Math.min(2, Math.floor(part / 40)));
    part = 0;
  }
  return parts.join(".");
}

/** Decoders of the bytes, by type of string. */
const STRINGS: Readonly<Record<number, (content: Uint8Array) => string>> = {
  0x0c: (content) => new TextDecoder().decode(content),
  0x12: (content) => decodeLatin1(content),
  0x13: (content) => decodeLatin1(content),
  0x14: (content) => decodeLatin1(content),
  0x16: (content) => decodeLatin1(content),
  0x1a: (content) => decodeLatin1(content),
  0x1b: (content) => decodeLatin1(content),
  0x1c: (content) => readUnits(content, 4),
  0x1e: (content) => readUnits(content, 2),
};

/** Decodes a string of any type; undefined if the element is not a string. */
export function readString({ tag, content }: DerElement): string | undefined {
  return STRINGS[tag]?.(content);
}

/** Decodes BMPString and UniversalString: two or four bytes for each character. */
function readUnits(content: Uint8Array, size: 2 | 4): string {
  let text = "";
  for (let offset = 0; offset + size <= content.length; offset += size) {
    let code = 0;
    for (const octet of content.subarray(offset, offset + size)) code = code * 256 + octet;
    text += code > 0x10ffff ? "\ufffd" : size === 2 ? String.fromCharCode(code) : String.fromCodePoint(code);
  }
  return text;
}
