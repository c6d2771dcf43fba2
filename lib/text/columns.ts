/**
 * Counts the columns of a terminal that a text takes. The estimate errs on the wide side, so that no line
 * exceeds its width: East Asian wide characters and pictographs take two columns, every other character one,
 * combining marks too. It expects no control characters, since callers escape them first.
 *
 * @module
 */

import { OURS } from "./escape/text.ts";

/** The East Asian Wide and Fullwidth blocks of Unicode, and the pictographs. */
const WIDE_BLOCKS =
  "[\\p{Emoji_Presentation}\\p{Extended_Pictographic}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}" +
  "\\p{Script=Hangul}\\p{Script=Bopomofo}\\p{Script=Yi}\\p{Script=Tangut}\\p{Script=Nushu}" +
  "\\u1100-\\u115f\\u2329\\u232a\\u2630-\\u2637\\u268a-\\u268f\\u2e80-\\u303f\\u3040-\\ua4cf\\ua960-\\ua97f" +
  "\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe10-\\ufe19\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6" +
  "\\u{16fe0}-\\u{1b2ff}\\u{1d300}-\\u{1d37f}\\u{1f000}-\\u{1faff}\\u{20000}-\\u{3fffd}]";
const MARK = /\p{M}/u;

let wide: RegExp | undefined;

/** Compiled at its first use, since that takes longer than laying out a whole result. */
function isWide(character: string): boolean {
  return (wide ??= new RegExp(WIDE_BLOCKS, "u")).test(character);
}

/** Counts the columns that the text takes. */
export function columnsOf(text: string): number {
  // One column for each of these.
  if (OURS.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += isWide(character) ? 2 : 1;
  return columns;
}

/** Finds the end of the part of `text` that fits into `columns`, counted from `start`; it has at least one character. */
export function fitColumns(text: string, start: number, columns: number): number {
  const end = Math.min(text.length, start + Math.max(columns, 1));
  // One more, because a combining mark after the edge belongs to the character before it.
  if (OURS.test(text.slice(start, end + 1))) return end;
  let index = start;
  let base = start;
  let left = columns;
  // Twice as many code units hold at least as many characters as fit, surrogate pairs whole.
  for (const character of text.slice(start, start + 2 * Math.max(columns, 1))) {
    left -= isWide(character) ? 2 : 1;
    // A mark stays with its character, unless marks fill the whole line.
    if (left < 0 && index > start) return MARK.test(character) && base > start ? base : index;
    if (!MARK.test(character)) base = index;
    index += character.length;
  }
  return index;
}
