/**
 * Reads a text in every way in which a secret may be written in it.
 *
 * @module
 */

import { decodeEscapes, decodeMisread, decodeQuotedPrintable } from "./decode_escapes.ts";
import { decodeBase64, decodeDecimals, decodeHex } from "./decode_digits.ts";
import { pairOctets, splitUnits } from "./decode_utf16.ts";
import { extract, plainReading, type Reading } from "./reading.ts";

/** Escapes within escapes that are followed: JSON in JSON in a URL in HTML, and one more. */
const DEEPEST = 5;

/** Codes within codes that are followed, such as Base64 within Base64. */
const DEEPEST_CODE = 2;

/** Octets in a row that are text in UTF-8; a longer text has several matches, one right after the other. */
const UTF8_TEXT =
  /(?:[\t\n\r\0\x20-\x7e…]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){4,4000}/g;

/** Gives a text as it is, then with its escapes decoded once, twice and so on, until nothing is left to decode. */
export function* unescapedReadings(reading: Reading): Generator<Reading> {
  let last = reading;
  yield last;
  for (let step = 0, kept = 0; step < DEEPEST * 2 && kept < 2; step++) {
    const next = step % 2 === 0 ? decodeMisread(last) : decodeEscapes(last);
    kept = next === last ? kept + 1 : 0;
    if (kept === 0) yield next;
    last = next;
  }
}

/** Gives every reading of a text: unescaped, and what Base64, numbers and quoted-printable in it stand for. */
export function* readingsOf(text: string): Generator<Reading> {
  const plain = plainReading(text);
  yield* decodedReadings(plain, 0);
  for (const decode of [pairOctets, splitUnits]) {
    const decoded = decode(plain);
    if (decoded !== undefined) yield* unescapedReadings(decoded);
  }
}

function* decodedReadings(reading: Reading, depth: number): Generator<Reading> {
  for (const whole of unescapedReadings(reading)) {
    // The rest is as in the reading before.
    const unescaped = whole === reading ? whole : whole.news?.() ?? whole;
    yield unescaped;
    if (depth === DEEPEST_CODE) continue;
    const quoted = decodeQuotedPrintable(unescaped);
    if (quoted !== unescaped) yield* decodedReadings(quoted.news?.() ?? quoted, depth + 1);
    for (const decode of [decodeBase64, decodeHex, decodeDecimals]) {
      const octets = decode(unescaped);
      if (octets === undefined) continue;
      yield octets;
      // Most of the octets are no text, since most Base64 is none. Looking there for escapes would take long.
      const texts = extract(octets, UTF8_TEXT);
      if (texts !== undefined) yield* decodedReadings(texts, depth + 1);
    }
  }
}
