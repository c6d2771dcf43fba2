/**
 * Decodes UTF-8 (RFC 3629), and finds the place of a fault.
 *
 * @module
 */

import type { Decoded } from "./decoded.ts";

/** Decodes bytes up to the first fault. An incomplete character at the end remains undecoded. */
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
    // A byte order mark in the middle stays; the caller has already removed one at the beginning.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return undefined;
  }
}

/** Describes the fault of a byte. */
export function describeOctet(octet: number): string {
  const hex = octet.toString(16).toUpperCase().padStart(2, "0");
  return octet === 0
    ? "the byte 00, which UTF-16 and binary files contain, but UTF-8 text does not"
    : `the byte ${hex}, which is not valid UTF-8 there (perhaps ISO-8859-1 or Windows-1252): save it as UTF-8`;
}

/** Gives the length of a character in bytes by its first byte; 0 if no character begins with it. */
function lengthOf(octet: number): number {
  if (octet < 0x80) return 1;
  if (octet >= 0xc2 && octet < 0xe0) return 2;
  if (octet >= 0xe0 && octet < 0xf0) return 3;
  return octet >= 0xf0 && octet < 0xf5 ? 4 : 0;
}

/** Counts the bytes at the end that may begin a character. */
function cutOff(octets: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, octets.length); back++) {
    const octet = octets[octets.length - back]!;
    // For a continuation byte, the byte before it decides.
    if (octet >= 0x80 && octet < 0xc0) continue;
    return lengthOf(octet) > back ? back : 0;
  }
  return 0;
}

/** Finds the first byte that neither begins nor continues a character. */
function firstWrong(octets: Uint8Array): number {
  let at = 0;
  while (at < octets.length) {
    const length = lengthOf(octets[at]!);
    if (length === 0) return at;
    // The decoder also refuses overlong forms, surrogates, and characters beyond the last one.
    if (length > 1 && decode(octets.subarray(at, at + length)) === undefined) return at;
    at += length;
  }
  return at;
}
