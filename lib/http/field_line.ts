/**
 * Parses field lines of heads and trailer sections (RFC 9112 §5).
 *
 * @module
 */

import { escapeExcerpt, excerptAround, type Note } from "./deviation.ts";
import { COLON, CR, DEL, HTAB, isBlank, isToken, LF, SP, TOKEN_OCTETS, trimOws } from "./octets.ts";

/** A field line as it stood on the wire: name and value, one code unit per octet. */
export type FieldLine = [name: string, value: string];

/**
 * Parses one field line that is not a continuation of the one before. Before that, {@linkcode readPlainFieldLines}
 * reads most lines. A deviation that is noted here must also make that function stop.
 *
 * @param line The line without its end, one code unit for each octet
 * @param offset Stream offset of its first octet
 * @param note Receives each deviation
 * @returns `undefined` if it noted a fatal deviation
 */
export function parseFieldLine(
  line: string,
  offset: number,
  note: Note,
): FieldLine | undefined {
  let colon = 0;
  while (TOKEN_OCTETS[line.charCodeAt(colon)] === 1) colon++;
  if (colon === 0 || line.charCodeAt(colon) !== COLON) return parseOddFieldLine(line, offset, note);

  let start = colon + 1;
  let end = line.length;
  while (start < end && isBlank(line.charCodeAt(start))) start++;
  while (end > start && isBlank(line.charCodeAt(end - 1))) end--;
  const value = line.slice(start, end);
  if (!noteFieldValue(value, offset + start, note)) return undefined;
  return [line.slice(0, colon), value];
}

/** Index of the first octet of the value in a line that has a colon. */
export function valueStart(line: string): number {
  let at = line.indexOf(":") + 1;
  while (at < line.length && isBlank(line.charCodeAt(at))) at++;
  return at;
}

/**
 * Adds a line that begins with a blank to the field line before it.
 *
 * RFC 9112 §5.2: a user agent must replace each obs-fold with SP.
 *
 * @returns False if it noted a fatal deviation
 */
export function unfoldFieldLine(field: FieldLine, line: string, offset: number, note: Note): boolean {
  note("obs-fold", offset, `The value of ${field[0]} continues on a second line`, line);
  const more = trimOws(line);
  if (!noteFieldValue(more, offset + line.indexOf(more), note)) return false;
  if (more !== "") field[1] = field[1] === "" ? more : `${field[1]} ${more}`;
  return true;
}

/**
 * Notes unusual octets in a field value.
 *
 * @returns False if one of them is fatal
 */
function noteFieldValue(value: string, offset: number, note: Note): boolean {
  if (!/[^\t\x20-\x7e]/.test(value)) return true;
  const nul = value.indexOf("\0");
  if (nul !== -1) {
    note("nul-in-value", offset + nul, "NUL in a field value", excerptAround(value, nul));
    return false;
  }
  // deno-lint-ignore no-control-regex -- this pattern finds control octets
  const control = value.search(/[\x01-\x08\x0a-\x1f\x7f]/);
  if (control !== -1) {
    const octet = value.charCodeAt(control).toString(16).padStart(2, "0");
    note(
      "ctl-in-value",
      offset + control,
      `Control octet 0x${octet} in a field value`,
      excerptAround(value, control),
    );
  }
  const obsText = value.search(/[\x80-\xff]/);
  if (obsText !== -1) {
    note(
      "obs-text-in-value",
      offset + obsText,
      "Octets outside ASCII in a field value",
      excerptAround(value, obsText),
    );
  }
  return true;
}

/** Parses a line that does not begin with a token and a colon. */
function parseOddFieldLine(text: string, offset: number, note: Note): FieldLine | undefined {
  const colon = text.indexOf(":");
  if (colon === -1) {
    note("missing-colon", offset, `The field line "${escapeExcerpt(text)}" has no colon`, text);
    return undefined;
  }
  const written = text.slice(0, colon);
  const name = trimOws(written);
  if (name === "") {
    note("empty-field-name", offset, `The field line "${escapeExcerpt(text)}" has no name`, text);
    return undefined;
  }
  const nul = name.indexOf("\0");
  if (nul !== -1) {
    const message = `NUL in the name of the field line "${escapeExcerpt(text)}"`;
    note("nul-in-name", offset + nul, message, excerptAround(text, nul));
    return undefined;
  }
  if (!isToken(name)) {
    const bad = name.search(/[^!#$%&'*+\-.^_`|~0-9A-Za-z]/);
    const message = `The field name "${escapeExcerpt(name)}" is not a token`;
    note("invalid-field-name", offset + bad, message, excerptAround(text, bad));
    return undefined;
  }
  // The trimmed name is a token, so there are blanks before the colon.
  note(
    "ows-before-colon",
    offset + name.length,
    `Blanks between the field name "${name}" and its colon`,
    excerptAround(text, name.length),
  );
  const rest = text.slice(colon + 1);
  const value = trimOws(rest);
  const padding = rest.length - rest.replace(/^[ \t]+/, "").length;
  return noteFieldValue(value, offset + colon + 1 + padding, note) ? [name, value] : undefined;
}

/** The same lines as octets, which are quick to inspect, and as text, which is quick to slice. */
export interface DecodedOctets {
  readonly bytes: Uint8Array;
  /** Index in `bytes` of the first octet of `text`. */
  readonly start: number;
  readonly text: string;
}

/** The range of lines to read. */
export interface FieldLineRange {
  /** Index of the first octet of a line. */
  readonly from: number;
  /** Index after the last octet that may be read. */
  readonly end: number;
  /** Stream offset of `bytes[0]`. */
  readonly base: number;
  /** The most lines to read. */
  readonly room: number;
}

/** A list that receives field lines with their offsets, such as `FieldPlaces`. */
export interface FieldList {
  readonly fields: FieldLine[];
  readonly fieldOffsets: number[];
  placeValue(offset: number): void;
}

/**
 * Reads lines without deviations on a fast path: a token, a colon, a value of HTAB, SP and visible ASCII, and CR LF. It
 * stops at the first other line: an empty one, an incomplete one, or one that {@linkcode parseFieldLine} must judge.
 *
 * @returns Index of the first octet of the line where it stopped
 */
export function readPlainFieldLines(
  { bytes, start, text }: DecodedOctets,
  places: FieldList,
  { from, end, base, room }: FieldLineRange,
): number {
  const { fields, fieldOffsets } = places;
  let line = from;
  for (let left = room; left > 0; left--) {
    let colon = line;
    while (colon < end && TOKEN_OCTETS[bytes[colon]!] === 1) colon++;
    if (colon === line || colon >= end || bytes[colon] !== COLON) return line;
    let valueStart = colon + 1;
    while (valueStart < end && (bytes[valueStart] === SP || bytes[valueStart] === HTAB)) valueStart++;
    let at = valueStart;
    while (at < end) {
      const octet = bytes[at]!;
      if ((octet < SP || octet >= DEL) && octet !== HTAB) break;
      at++;
    }
    if (at + 1 >= end || bytes[at] !== CR || bytes[at + 1] !== LF) return line;
    let valueEnd = at;
    while (valueEnd > valueStart && (bytes[valueEnd - 1] === SP || bytes[valueEnd - 1] === HTAB)) valueEnd--;
    fields.push([text.slice(line - start, colon - start), text.slice(valueStart - start, valueEnd - start)]);
    fieldOffsets.push(base + line);
    if (valueStart !== colon + 2) places.placeValue(base + valueStart);
    line = at + 2;
  }
  return line;
}
