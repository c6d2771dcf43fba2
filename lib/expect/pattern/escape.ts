/**
 * Parses the escapes of a pattern.
 *
 * @module
 */

import {
  type CodePoints,
  complement,
  DIGITS,
  LAST_CODE_POINT,
  SPACE,
  unicodeProperty,
  WORD,
} from "./code_points.ts";

/** A pattern has a mistake. */
export class PatternSyntaxError extends SyntaxError {
  override readonly name = "PatternSyntaxError";
  /** Index of the mistake in the source of the pattern, from 0. */
  readonly index: number;

  constructor(index: number, message: string) {
    super(message);
    this.index = index;
  }
}

/** A place in the source of a pattern. */
export interface Cursor {
  readonly source: string;
  at: number;
}

const CLASSES: Readonly<Record<string, CodePoints>> = {
  d: DIGITS,
  D: complement(DIGITS),
  w: WORD,
  W: complement(WORD),
  s: SPACE,
  S: complement(SPACE),
};

const CONTROLS: Readonly<Record<string, number>> = { t: 0x09, n: 0x0a, v: 0x0b, f: 0x0c, r: 0x0d, 0: 0x00 };

/**
 * Parses the rest of an escape.
 *
 * @param cursor Place behind the backslash; afterwards behind the escape
 * @param start Index of the backslash
 * @throws {PatternSyntaxError} If the escape does not stand for characters
 */
export function readEscape(cursor: Cursor, start: number): CodePoints {
  const rest = cursor.source.slice(cursor.at);
  const letter = rest.charAt(0);
  if (letter === "") throw new PatternSyntaxError(start, "nothing follows this \\");
  const wide = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|c([A-Za-z]))/.exec(rest);
  if (wide !== null) {
    cursor.at += wide[0].length;
    const hex = wide[1] ?? wide[2] ?? wide[3];
    const point = hex === undefined ? wide[4]!.charCodeAt(0) % 32 : parseInt(hex, 16);
    if (point > LAST_CODE_POINT) throw new PatternSyntaxError(start, "there is no such code point");
    return [[point, point]];
  }
  const property = /^([pP])\{([\w=]+)\}/.exec(rest);
  if (property !== null) {
    const set = unicodeProperty(property[2]!);
    if (set === undefined) throw new PatternSyntaxError(start, `there is no property "${property[2]}"`);
    cursor.at += property[0].length;
    return property[1] === "p" ? set : complement(set);
  }
  if (/^[1-9k]/.test(rest) || /^0[0-9]/.test(rest)) {
    throw new PatternSyntaxError(
      start,
      "patterns are matched in linear time, so there are no back-references",
    );
  }
  cursor.at++;
  const control = CONTROLS[letter];
  if (control !== undefined) return [[control, control]];
  const known = CLASSES[letter];
  if (known !== undefined) return known;
  if (/[A-Za-z]/.test(letter)) throw new PatternSyntaxError(start, `\\${letter} stands for nothing`);
  const point = rest.codePointAt(0)!;
  if (point > 0xffff) cursor.at++;
  return [[point, point]];
}
