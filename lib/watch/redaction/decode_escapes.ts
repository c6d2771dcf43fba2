/**
 * Decodes the escapes of JSON, program texts, URLs and HTML, all at once, since a server may mix and nest them.
 *
 * @module
 */

import { namedCharacter } from "./named_character.ts";
import { type Reading, rewrite } from "./reading.ts";

/** One escape for each alternative. The last one is the rest of an escape that was cut; it stands for nothing. */
const ESCAPE = new RegExp(
  [
    String.raw`%u(?<percentUnit>[\da-f]{4})`,
    String.raw`%(?<percent>[\da-f]{2})`,
    String.raw`\\u\{(?<braced>[\da-f]{1,6})\}`,
    String.raw`\\(?-i:U)(?<long>00(?:0[\da-f]|10)[\da-f]{4})`,
    String.raw`\\u(?<unit>[\da-f]{4})`,
    String.raw`\\x\{?(?<hex>[\da-f]{2})\}?`,
    String.raw`\\(?<octal>[0-3][0-7]{2})`,
    String.raw`\\(?<letter>[abefnrtv0])`,
    String.raw`\\(?<itself>(?!%[\da-f]{2}|&#?\w+;)[^\p{L}\p{N}…])`,
    String.raw`&#x0*(?<htmlHex>[\da-f]{1,6})(?:;|(?![\da-f…%&\\]))`,
    String.raw`&#0*(?<htmlDecimal>\d{1,7})(?:;|(?![\d…%&\\]))`,
    String.raw`&(?<name>[a-z]{2,16}\d{0,2});`,
    String.raw`(?<nul>\0+)`,
    String.raw`(?:%u?[\da-f]{0,3}|\\(?:u\{?[\da-f]{0,5}|x[\da-f]?|[0-3][0-7]?)?|&#?\w{0,8})(?=…)`,
  ].join("|"),
  "giu",
);

/** Characters for which the letter after a backslash stands. */
const LETTERS: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  0: "",
};

/** Characters of Windows-1252 by octet, from 0x80; the others are those of Latin-1. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** The octets of a character in UTF-8, each read as a character of Latin-1 or Windows-1252. */
const MISREAD_UTF8 = new RegExp(
  ["[\xc2-\xdf]C", "[\xe0-\xef]CC", "[\xf0-\xf4]CCC"].join("|").replaceAll("C", `[\x80-\xbf${WINDOWS_1252}]`),
  "g",
);

/** The smallest code point that UTF-8 writes with one, two, three and four octets (RFC 3629 §3). */
const SMALLEST: readonly number[] = [0, 0, 0x80, 0x800, 0x10000];

/** Gives the octet that a character was, if its text was read as Latin-1 or Windows-1252. */
export function octetOf(unit: number): number | undefined {
  if (unit <= 0xff) return unit;
  const index = WINDOWS_1252.indexOf(String.fromCharCode(unit));
  return index === -1 ? undefined : 0x80 + index;
}

/**
 * Decodes each escape once. NUL is left out: it stands between the characters of UTF-16 that was read as octets.
 *
 * @returns The same reading if there is nothing to decode
 */
export function decodeEscapes(reading: Reading): Reading {
  if (!/[%\\&\0]/.test(reading.text)) return reading;
  return rewrite(reading, ESCAPE, ({ groups = {} }) => decodeEscape(groups));
}

/**
 * Decodes octets of UTF-8 that were read as single characters.
 *
 * @returns The same reading if there is nothing to decode
 */
export function decodeMisread(reading: Reading): Reading {
  return rewrite(reading, MISREAD_UTF8, decodeUtf8);
}

function decodeEscape(groups: Record<string, string | undefined>): string | undefined {
  const { percentUnit, percent, braced, unit, long, hex, htmlHex, octal, htmlDecimal } = groups;
  const hexadecimal = percentUnit ?? percent ?? braced ?? unit ?? long ?? hex ?? htmlHex;
  if (hexadecimal !== undefined) return character(parseInt(hexadecimal, 16));
  if (octal !== undefined) return character(parseInt(octal, 8));
  if (htmlDecimal !== undefined) return character(Number(htmlDecimal));
  if (groups["letter"] !== undefined) return LETTERS[groups["letter"].toLowerCase()];
  if (groups["name"] !== undefined) return namedCharacter(groups["name"]);
  return groups["itself"] ?? "";
}

function character(codePoint: number): string | undefined {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : undefined;
}

function decodeUtf8([octets]: RegExpExecArray): string | undefined {
  let codePoint = octets.charCodeAt(0) & 0xff >> (octets.length + 1);
  for (let at = 1; at < octets.length; at++) {
    codePoint = codePoint << 6 | (octetOf(octets.charCodeAt(at)) ?? 0) & 0x3f;
  }
  const isCharacter = codePoint >= SMALLEST[octets.length]! && (codePoint & ~0x7ff) !== 0xd800;
  return isCharacter ? character(codePoint) : undefined;
}

/** A soft line break, or an octet of quoted-printable (RFC 2045 §6.7). The rest of one before a cut stands for nothing. */
const QUOTED = /=(?:([\da-f]{2})|[ \t]*\r?\n|[\da-f]?(?=…))/gi;

/**
 * Decodes quoted-printable.
 *
 * @returns The same reading if there is nothing to decode
 */
export function decodeQuotedPrintable(reading: Reading): Reading {
  return rewrite(reading, QUOTED, ([, octet]) => octet === undefined ? "" : character(parseInt(octet, 16)));
}
