/**
 * Decodes UTF-8 (RFC 3629), and finds the place of a fault.
 *
 * @module
 */

import type { Decoded } from "./decoded.ts";

/** Decodes octets up to the first fault. A character that the end cuts in two is left over. */
export function decodeUtf8(octets: Uint8Array): Decoded {
  const end = octets.length - cutOff(octets);
  const whole = octets.subarray(0, end);
  const nul = whole.indexOf(0);
  const text = nul === -1 ? decode(whole) : undefined;
  if (text !== undefined) return { text, rest: octets.subarray(end) };
  const wrong = firstWrong(whole);
  const at = nul !== -1 && nul < wrong ? nul : wrong;
  return {
    text: decode(whole.subarray(0, at)) ?? "",
    rest: new Uint8Array(),
    fault: describeOctet(octets[at] ?? 0),
  };
}

function decode(octets: Uint8Array): string | undefined {
  try {
    // A mark in the middle stays: the beginning was looked at by others.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return undefined;
  }
}

/** Describes the fault of an octet. */
export function describeOctet(octet: number): string {
  const hex = octet.toString(16).toUpperCase().padStart(2, "0");
  return octet === 0
    ? "the octet 00, which UTF-16 and binary files contain, but no text in UTF-8"
    : `the octet ${hex}, which is no UTF-8 there (ISO-8859-1 or Windows-1252, perhaps): save it as UTF-8`;
}

/** Octets that a character takes by its first one; 0 if none begins with it. */
function lengthOf(octet: number): number {
  if (octet < 0x80) return 1;
  if (octet >= 0xc2 && octet < 0xe0) return 2;
  if (octet >= 0xe0 && octet < 0xf0) return 3;
  return octet >= 0xf0 && octet < 0xf5 ? 4 : 0;
}

/** Octets at the end that may be the beginning of a character. */
function cutOff(octets: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, octets.length); back++) {
    const octet = octets[octets.length - back]!;
    // A continuation octet: the octet before it decides.
    if (octet >= 0x80 && octet < 0xc0) continue;
    return lengthOf(octet) > back ? back : 0;
  }
  return 0;
}

/** Finds the first octet that neither begins nor continues a character. */
function firstWrong(octets: Uint8Array): number {
  let at = 0;
  while (at < octets.length) {
    const length = lengthOf(octets[at]!);
    if (length === 0) return at;
    // Too long a form, half of a pair or beyond the last character: the decoder knows.
    if (length > 1 && decode(octets.subarray(at, at + length)) === undefined) return at;
    at += length;
  }
  return at;
}
