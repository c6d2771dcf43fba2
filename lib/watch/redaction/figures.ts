/**
 * Recognises numbers, dates and digests. A short secret of digits may be part of one by chance.
 *
 * @module
 */

import type { Place } from "./reading.ts";

/** Longest part of a text before and after a secret that is looked at; a digest of SHA-512 has 128 digits. */
const NEIGHBOURHOOD = 128;

/** A date or time as in ISO 8601 and in HTTP, a number that is not whole or has many digits, and a digest. */
const FIGURE = new RegExp(
  [
    String.raw`(?<!\d)\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?z?)?(?!\d)`,
    String.raw`(?<!\d)\d{1,2}[ -][a-z]{3}[ -]\d{4} \d\d:\d\d:\d\d`,
    String.raw`(?<![\da-f])[\da-f]{32,128}(?![\da-f])`,
    String.raw`(?<![\w.])\d+(?:\.\d+)?(?![\w.])`,
  ].join("|"),
  "g",
);

/** Tells if some hexadecimal digits of a text in lower case are only a part of a longer figure. */
export function isInFigure(text: string, { start, end }: Place): boolean {
  if (!/^[\da-f]+$/.test(text.slice(start, end))) return false;
  const from = Math.max(0, start - NEIGHBOURHOOD);
  for (const { 0: figure, index } of text.slice(from, end + NEIGHBOURHOOD).matchAll(FIGURE)) {
    const [first, last] = [from + index, from + index + figure.length];
    if (first <= start && end <= last) return figure.length > end - start;
  }
  return false;
}
