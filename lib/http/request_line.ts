/**
 * The request-line (RFC 9112 §3).
 *
 * @module
 */

import type { Note } from "./deviation.ts";

/** The parts of a request-line. */
export interface RequestLine {
  method: string;
  /** As it stood there. */
  target: string;
  /** `1.1`: the digits as they stood there. */
  version: string;
}

/**
 * Parses one request-line.
 *
 * @param text The line without its end
 * @param offset Stream offset of its first octet
 * @param note Told of each deviation
 * @returns Nothing when a fatal deviation was noted
 */
export function parseRequestLine(text: string, offset: number, note: Note): RequestLine | undefined {
  const [, method, gap, target, secondGap, version] =
    /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)([ \t\v\f]+)([^ \t\v\f\r]+)([ \t\v\f]+)HTTP\/([0-9]\.[0-9])$/.exec(
      text,
    ) ?? [];
  if (method === undefined || target === undefined || version === undefined) {
    note("request-line-malformed", offset, "This is no method, target and HTTP version", text);
    return undefined;
  }
  if (gap !== " " || secondGap !== " ") {
    note("request-line-whitespace", offset, "Other than one SP between the parts of the request-line", text);
  }
  if (version !== "1.0" && version !== "1.1") {
    note("unsupported-version", offset, `The version is ${version}; the message is read as HTTP/1.1`, text);
  }
  return { method, target, version };
}
