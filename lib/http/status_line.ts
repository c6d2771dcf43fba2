/**
 * Parses the status-line (RFC 9112 §4).
 *
 * @module
 */

import { escapeExcerpt, excerptAround, type Note } from "./deviation.ts";

/** The parts of a status-line. */
export interface StatusLine {
  /** `1.1`: the digits as written. */
  version: string;
  status: number;
  /** As written, padding included. */
  reason: string;
}

/** Matches the form that nearly every server sends: a reason of visible ASCII without blanks at its edges. */
const PLAIN = /^HTTP\/1\.([01]) ([1-5][0-9][0-9]) ((?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?)$/;

/**
 * Parses one status-line.
 *
 * @param line The line without its end, one code unit for each octet
 * @param offset Stream offset of its first octet
 * @param note Receives each deviation
 * @returns Only the parts before the fault, so never a reason, if it noted a fatal deviation
 */
export function parseStatusLine(line: string, offset: number, note: Note): Partial<StatusLine> {
  const plain = PLAIN.exec(line);
  if (!plain) return parseOddStatusLine(line, offset, note);
  return { version: plain[1] === "1" ? "1.1" : "1.0", status: Number(plain[2]), reason: plain[3]! };
}

/** Tells whether the line has no fatal fault. */
export function isWholeStatusLine(line: Partial<StatusLine>): line is StatusLine {
  return line.reason !== undefined;
}

/** RFC 9112 §4: a lenient parser may split the line at whitespace, including VT and FF. */
const BLANKS = "[ \\t\\v\\f]";
const LEADING = new RegExp(`^${BLANKS}+`);
const VERSION = new RegExp(`^HTTP/([0-9]\\.[0-9])(?=${BLANKS}|$)`);
const VERSION_WORD = new RegExp(`^[^ \\t\\v\\f]*`);

function parseOddStatusLine(text: string, offset: number, note: Note): Partial<StatusLine> {
  let rest = text;
  let position = offset;
  const here = (): string => excerptAround(text, position - offset);
  const skip = (count: number): void => {
    rest = rest.slice(count);
    position += count;
  };

  const leading = LEADING.exec(rest);
  if (leading) {
    note("status-line-whitespace", position, "Blanks before the status-line", here());
    skip(leading[0].length);
  }
  const version = VERSION.exec(rest)?.[1];
  if (version === undefined) {
    const word = VERSION_WORD.exec(rest)![0];
    note(
      "malformed-version",
      position,
      `The status-line begins with "${escapeExcerpt(word)}", not with a version such as "HTTP/1.1"`,
      here(),
    );
    return {};
  }
  if (version !== "1.1" && version !== "1.0") {
    note(
      "unsupported-version",
      position,
      `The version is ${version}; the message is read as HTTP/1.1`,
      here(),
    );
  }
  skip(8);

  const gap = LEADING.exec(rest)?.[0] ?? "";
  if (gap !== "" && gap !== " ") {
    note(
      "status-line-whitespace",
      position,
      "Version and status code are not separated by a single SP",
      here(),
    );
  }
  skip(gap.length);

  const word = VERSION_WORD.exec(rest)![0];
  if (!/^[0-9]{3}$/.test(word)) {
    const found = word === "" ? "is missing" : `is "${escapeExcerpt(word)}", not three digits`;
    note("invalid-status-code", position, `The status code ${found}`, here());
    return { version };
  }
  const status = Number(word);
  if (status < 100 || status > 599) {
    note("status-out-of-range", position, `The status code ${word} is outside 100 to 599`, here());
  }
  skip(3);

  if (rest === "") {
    note("missing-reason-space", position, "No SP after the status code", here());
    return { version, status, reason: "" };
  }
  if (rest[0] !== " ") {
    note("status-line-whitespace", position, "A blank other than SP between status code and reason", here());
  }
  skip(1);
  const reason = parseReason(rest, position, note);
  return reason === undefined ? { version, status } : { version, status, reason };
}

/** Matches VT and FF at the beginning of a reason, which the grammar does not allow. */
const ODD_START = new RegExp(`^[ \\t]*[\\v\\f]${BLANKS}*`);

/** @returns `undefined` if it noted a fatal deviation */
function parseReason(text: string, offset: number, note: Note): string | undefined {
  const start = ODD_START.exec(text)?.[0].length ?? 0;
  let end = text.length;
  while (end > start && /[ \t\v\f]/.test(text[end - 1]!)) end--;
  const odd = /[\v\f]/.test(text.slice(end));
  const reason = text.slice(start, odd ? end : undefined);
  if (start > 0) note("status-line-whitespace", offset, "VT or FF before the reason phrase", text);
  if (!noteReason(reason, offset + start, note)) return undefined;
  if (odd) {
    note(
      "status-line-whitespace",
      offset + end,
      "VT or FF after the reason phrase",
      excerptAround(text, end),
    );
  }
  return reason;
}

/** @returns False if it noted a fatal deviation */
function noteReason(reason: string, offset: number, note: Note): boolean {
  // deno-lint-ignore no-control-regex -- this pattern finds control octets
  const control = reason.search(/[\x00-\x08\x0a-\x1f\x7f]/);
  if (control !== -1) {
    const octet = reason.charCodeAt(control).toString(16).padStart(2, "0");
    const message = `Control octet 0x${octet} in the reason phrase`;
    note("reason-control-char", offset + control, message, excerptAround(reason, control));
    return false;
  }
  const padding = reason.search(/^[ \t]|[ \t]+$/);
  if (padding !== -1) {
    const message = "Blanks at the edge of the reason phrase";
    note("reason-padding", offset + padding, message, excerptAround(reason, padding));
  }
  const obsText = reason.search(/[\x80-\xff]/);
  if (obsText !== -1) {
    const message = "Octets outside ASCII in the reason phrase";
    note("reason-obs-text", offset + obsText, message, excerptAround(reason, obsText));
  }
  return true;
}
