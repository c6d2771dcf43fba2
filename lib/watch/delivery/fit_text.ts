/**
 * Cuts texts to the limits of a service.
 *
 * @module
 */

/** The mark at the end of a text that was cut. */
const CUT = "…";

/** Options of {@linkcode fitText}. */
export interface FitOptions {
  /** Escapes one character, or the whole text between cuts, for the markup of the service. */
  readonly escape?: ((character: string) => string) | undefined;
  /** Measures an escaped text. @default code units of UTF-16 */
  readonly measure?: ((text: string) => number) | undefined;
}

/**
 * Escapes a text and cuts it to a limit. It never cuts a character or an escape sequence in two.
 *
 * @param limit Largest size of the result
 */
export function fitText(text: string, limit: number, options: FitOptions = {}): string {
  const { escape = (character) => character, measure = (it) => it.length } = options;
  let whole = "";
  let cut = "";
  let size = 0;
  const room = limit - measure(CUT);
  for (const character of text.toWellFormed()) {
    const escaped = escape(character);
    size += measure(escaped);
    if (size > limit) return `${cut}${CUT}`;
    whole += escaped;
    if (size <= room) cut = whole;
  }
  return whole;
}

const ENCODER = new TextEncoder();

/** Counts the bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  return ENCODER.encode(text).length;
}

/** Replaces line ends and other control characters by blanks, for texts of one line. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}
