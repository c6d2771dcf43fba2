/**
 * Decodes UTF-16 (RFC 2781), and describes a fault.
 *
 * @module
 */

import type { Decoded } from "./decoded.ts";

/**
 * Number of code units for one call of `String.fromCharCode()`, which accepts a limited number of arguments.
 */
const BLOCK = 4_096;

/** Matches half of a surrogate pair. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Decodes bytes up to the first lone surrogate. An incomplete character at the end remains undecoded. */
export function decodeUtf16(octets: Uint8Array, littleEndian: boolean): Decoded {
  const all = decodeUnits(octets, octets.length >> 1, littleEndian);
  const last = all.charCodeAt(all.length - 1);
  const text = last >= 0xd800 && last < 0xdc00 ? all.slice(0, -1) : all;
  const lone = LONE.exec(text);
  if (lone === null) return { text, rest: octets.subarray(2 * text.length) };
  const unit = lone[0].charCodeAt(0).toString(16).toUpperCase();
  const fault = `the code unit ${unit}, half of a character, which UTF-16 does not have alone`;
  return { text: text.slice(0, lone.index), rest: new Uint8Array(), fault };
}

function decodeUnits(octets: Uint8Array, count: number, littleEndian: boolean): string {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  let text = "";
  for (let from = 0; from < count; from += BLOCK) {
    const length = Math.min(BLOCK, count - from);
    const units = Array.from({ length }, (_, index) => view.getUint16(2 * (from + index), littleEndian));
    text += String.fromCharCode(...units);
  }
  return text;
}
