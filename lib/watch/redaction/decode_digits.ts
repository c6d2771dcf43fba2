/**
 * Decodes octets that are written as Base64, or as hexadecimal or decimal numbers.
 *
 * @module
 */

import { CUT, GAP, lastUpTo, placeIn, type Reading } from "./reading.ts";
import { textOfUnits } from "./text_of_units.ts";

/** A way to write octets in digits. */
interface Code {
  /** Value by code unit; 255 for a unit that is no digit. */
  readonly digits: Uint8Array;
  /** Units between digits that have no meaning. */
  readonly separators: string;
  /** Bits of a digit. */
  readonly bits: number;
  /** Digits after which octets begin at the same bit of a digit again. */
  readonly group: number;
  /** Digits of the shortest run that can hold a secret. */
  readonly least: number;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Base64, standard and URL-safe (RFC 4648 §4 and §5), in lines or not. */
const BASE64: Code = {
  digits: digitTable([...LETTERS, ..."0123456789", "+-", "/_"]),
  separators: "\r\n\t ",
  bits: 6,
  group: 4,
  least: 6,
};

/** Hexadecimal digits in either case, with separators or not. */
const HEX: Code = {
  digits: digitTable([..."0123456789", "aA", "bB", "cC", "dD", "eE", "fF"]),
  separators: "\r\n\t :,-",
  bits: 4,
  group: 2,
  least: 8,
};

function digitTable(digits: readonly string[]): Uint8Array {
  const table = new Uint8Array(128).fill(255);
  for (const [value, spellings] of digits.entries()) {
    for (const spelling of spellings) table[spelling.charCodeAt(0)] = value;
  }
  return table;
}

/** Decodes Base64 that begins at any character; `undefined` if a text has none. */
export function decodeBase64(reading: Reading): Reading | undefined {
  return /[\w+/-]{6}/.test(reading.text) ? decodeDigits(reading, reading.text, BASE64) : undefined;
}

/** Decodes hexadecimal numbers; `undefined` if a text has none. */
export function decodeHex(reading: Reading): Reading | undefined {
  if (!/[\da-f]{2}[\s:,-]*(?:0x)?[\da-f]{2}[\s:,-]*(?:0x)?[\da-f]{2}/i.test(reading.text)) return undefined;
  // In a list as 0x41, 0x42 the prefixes are separators.
  return decodeDigits(reading, reading.text.replace(/0x/gi, "  "), HEX);
}

/** Decodes each run of digits from each digit of its first group: the octets before the secret shift it. */
function decodeDigits(reading: Reading, text: string, code: Code): Reading | undefined {
  const values = new Uint8Array(text.length);
  const places = new Uint32Array(text.length);
  const octets = new Uint16Array(text.length * code.bits * code.group / 8 + text.length + code.group);
  /** For each way to read a run its first octet and its first digit. */
  const [starts, firsts]: [number[], number[]] = [[], []];
  let [digits, begin, length] = [0, 0, 0];
  for (let at = 0; at <= text.length; at++) {
    const unit = at < text.length ? text.charCodeAt(at) : 0xffff;
    const digit = unit < 128 ? code.digits[unit]! : 255;
    if (digit !== 255) {
      values[digits] = digit;
      places[digits++] = at;
    } else if (unit > 127 || !code.separators.includes(text[at]!)) {
      for (let first = begin; digits - begin >= code.least && first < begin + code.group; first++) {
        starts.push(length);
        firsts.push(first);
        length = addOctets(octets, length, { digits: values.subarray(first, digits), bits: code.bits });
        octets[length++] = (text[at] === CUT ? CUT : GAP).charCodeAt(0);
      }
      begin = digits;
    }
  }
  if (length === 0) return undefined;
  return {
    text: textOfUnits(octets.subarray(0, length)),
    placeOf: (index) => {
      const run = lastUpTo(starts, index);
      const bit = (index - starts[run]!) * 8;
      const digit = firsts[run]! + Math.floor(bit / code.bits);
      const last = Math.min(firsts[run]! + Math.floor((bit + 7) / code.bits), digits - 1);
      return placeIn(reading, { start: places[Math.min(digit, last)]!, end: places[last]! + 1 });
    },
  };
}

function addOctets(
  octets: Uint16Array,
  start: number,
  { digits, bits }: { readonly digits: Uint8Array; readonly bits: number },
): number {
  let [held, heldBits, length] = [0, 0, start];
  for (let at = 0; at < digits.length; at++) {
    held = (held << bits | digits[at]!) & 0xffff;
    heldBits += bits;
    if (heldBits < 8) continue;
    heldBits -= 8;
    octets[length++] = held >> heldBits & 0xff;
  }
  return length;
}

/** At least four decimal numbers in a row, as JSON writes a buffer. */
const DECIMALS = /(?<![\d.])\d{1,3}(?:[\s,;]{1,4}\d{1,3}){3,}(?![\d.])/g;

/** Decodes lists of decimal numbers; `undefined` if a text has none. */
export function decodeDecimals(reading: Reading): Reading | undefined {
  const units: number[] = [];
  const places: { readonly start: number; readonly end: number }[] = [];
  for (const { 0: list, index } of reading.text.matchAll(DECIMALS)) {
    for (const { 0: number, index: offset } of list.matchAll(/\d+/g)) {
      units.push(Number(number));
      places.push({ start: index + offset, end: index + offset + number.length });
    }
    units.push(GAP.charCodeAt(0));
    places.push({ start: index, end: index + 1 });
  }
  if (units.length === 0) return undefined;
  return {
    text: textOfUnits(Uint16Array.from(units)),
    placeOf: (index) => placeIn(reading, places[index]!),
  };
}
