/**
 * Parses the request-line (RFC 9112 §3).
 *
 * @module
 */

import { escapeExcerpt, excerptAround, type Note } from "./deviation.ts";
import { isToken } from "./octets.ts";
import { noteRequestTarget } from "./request_target.ts";

/** The parts of a request-line. */
export interface RequestLine {
  method: string;
  /** As written. */
  target: string;
  /** `1.1`: the digits as written. */
  version: string;
}

/** Matches the form that nearly every client sends. */
const PLAIN =
  /^(?!CONNECT )([!#$%&'*+\-.^_`|~0-9A-Za-z]+) (\/[A-Za-z0-9\-._~:/?@!$&'()*+,;=]*) HTTP\/(1\.[01])$/;

/** RFC 9112 §3: a lenient parser may split the line at whitespace, including VT and FF. */
const WORDS = /[^ \t\v\f]+/g;

/**
 * Parses one request-line.
 *
 * @param text The line without its end; not empty
 * @param offset Stream offset of its first octet
 * @param note Receives each deviation
 * @returns `undefined` if it noted a fatal deviation
 */
export function parseRequestLine(text: string, offset: number, note: Note): RequestLine | undefined {
  const [, method, target, version] = PLAIN.exec(text) ?? [];
  if (method !== undefined && target !== undefined && version !== undefined) {
    return { method, target, version };
  }
  return parseOddRequestLine(text, offset, note);
}

interface Word {
  readonly text: string;
  /** Index in the line. */
  readonly at: number;
}

function parseOddRequestLine(text: string, offset: number, note: Note): RequestLine | undefined {
  const noteAt: Note = (code, at, message) => note(code, offset + at, message, excerptAround(text, at));
  const words = [...text.matchAll(WORDS)].map((match): Word => ({ text: match[0], at: match.index }));
  const [method, target, version] = words;
  if (words.length !== 3 || !method || !target || !version || !isToken(method.text)) {
    const { at, message } = describeMalformed(words);
    noteAt("request-line-malformed", at, message);
    return undefined;
  }
  noteBlanks(text, words, noteAt);
  const digits = /^HTTP\/([0-9]\.[0-9])$/.exec(version.text)?.[1];
  if (digits === undefined) {
    const message = `The request-line ends with "${escapeExcerpt(version.text)}", ` +
      'not with a version such as "HTTP/1.1"';
    noteAt("malformed-version", version.at, message);
    return undefined;
  }
  const nul = target.text.indexOf("\0");
  if (nul !== -1) {
    noteAt("request-line-malformed", target.at + nul, "NUL in the request-target");
    return undefined;
  }
  noteRequestTarget(method.text, target.text, (code, at, message) => noteAt(code, target.at + at, message));
  if (digits !== "1.0" && digits !== "1.1") {
    noteAt("unsupported-version", version.at, `The version is ${digits}; the message is read as HTTP/1.1`);
  }
  return { method: method.text, target: target.text, version: digits };
}

/** Explains why a line is not a request-line, and at which index. */
function describeMalformed(words: readonly Word[]): { at: number; message: string } {
  const [method, second, third] = words;
  if (method && !isToken(method.text)) {
    const bad = method.text.search(/[^!#$%&'*+\-.^_`|~0-9A-Za-z]/);
    return { at: method.at + bad, message: `The method "${escapeExcerpt(method.text)}" is not a token` };
  }
  const form = "The line is not a method, a target and an HTTP version";
  if (!method) return { at: 0, message: `${form}: the line has nothing but blanks` };
  if (!second) return { at: method.at, message: `${form}: the line has one word` };
  if (!third) {
    const missing = second.text.startsWith("HTTP/") ? "target" : "version (HTTP/0.9 perhaps)";
    return { at: second.at, message: `${form}: the ${missing} is missing` };
  }
  return { at: third.at, message: `${form}: the line has ${words.length} words` };
}

function noteBlanks(text: string, words: readonly Word[], note: Note): void {
  let end = 0;
  words.forEach((word, i) => {
    const gap = text.slice(end, word.at);
    if (i === 0 && gap !== "") note("request-line-whitespace", end, "Blanks before the request-line");
    if (i > 0 && gap !== " ") {
      note("request-line-whitespace", end, "The parts of the request-line are not separated by a single SP");
    }
    end = word.at + word.text.length;
  });
  if (end < text.length) note("request-line-whitespace", end, "Blanks after the request-line");
}
