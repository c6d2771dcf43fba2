/**
 * Checks that the offset of a deviation points at the octets that its code, excerpt and message describe.
 *
 * @module
 */

import type { Deviation, DeviationCode } from "../../lib/http/deviation.ts";

const FIELD = (name: string): RegExp => new RegExp(`(?<=\\n)${name}[ \\t]*:`, "iy");
const ELEMENT = "(?<=[,:][ \\t\\r\\n]*)";

/** The octets at the offset; a pattern must match at the offset itself. */
const PLACES: Partial<Record<DeviationCode, readonly RegExp[]>> = {
  "bare-lf": [/\n/y],
  "bare-cr": [/\r(?!\n)/y],
  "leading-crlf": [/\r?\n/y],
  "obs-fold": [/(?<=\n)[ \t]/y],
  "whitespace-before-first-header": [/(?<=\n)[ \t]/y],
  "ows-before-colon": [/(?<![ \t])[ \t]+:/y],
  "missing-colon": [/(?<=\n)[^:\n]*(?:\r?\n|$)/y],
  "empty-field-name": [/(?<=\n):/y],
  "invalid-field-name": [/[^!#$%&'*+\-.^_`|~0-9A-Za-z:\r\n]/y],
  "nul-in-name": [/\0/y],
  "nul-in-value": [/\0/y],
  // deno-lint-ignore no-control-regex -- control octets are what this is about
  "ctl-in-value": [/[\x01-\x08\x0b-\x1f\x7f]/y],
  "obs-text-in-value": [/[\x80-\xff]/y],
  "reason-obs-text": [/[\x80-\xff]/y],
  // deno-lint-ignore no-control-regex -- control octets are what this is about
  "reason-control-char": [/[\x00-\x08\x0b-\x1f\x7f]/y],
  "reason-padding": [/[ \t]/y],
  "status-line-whitespace": [/[ \t\v\f]/y],
  "request-line-whitespace": [/[ \t\v\f]/y],
  "missing-reason-space": [/\r?\n/y],
  "unsupported-version": [/HTTP\/[0-9]\.[0-9]/y],
  "status-out-of-range": [/[06-9][0-9]{2}/y],
  "malformed-version": [/[^ \t\v\f\r\n]/y],
  "not-http": [/[^\n]/y],
  "invalid-content-length": [
    FIELD("content-length"),
    new RegExp(`${ELEMENT}(?![0-9]+[ \\t]*(?:,|\\r?\\n(?![ \\t])))`, "y"),
  ],
  "ignored-invalid-framing": [FIELD("content-length"), new RegExp(`${ELEMENT}[^:]`, "y")],
  "conflicting-content-length": [FIELD("content-length"), new RegExp(`${ELEMENT}[0-9]+`, "y")],
  "content-length-overflow": [FIELD("content-length"), new RegExp(`${ELEMENT}[0-9]{16,}`, "y")],
  "duplicate-content-length": [FIELD("content-length")],
  "content-length-list": [FIELD("content-length")],
  "content-length-on-1xx-204": [FIELD("content-length")],
  "te-and-cl": [FIELD("transfer-encoding")],
  "te-in-http10": [FIELD("transfer-encoding")],
  "transfer-encoding-on-1xx-204": [FIELD("transfer-encoding")],
  "framing-on-connect-2xx": [FIELD("(?:transfer-encoding|content-length)")],
  "te-not-chunked-final": [FIELD("transfer-encoding"), new RegExp(`${ELEMENT}[^, \\t]`, "y")],
  "te-duplicate-chunked": [FIELD("transfer-encoding"), new RegExp(`${ELEMENT}chunked`, "iy")],
  "te-empty-element": [FIELD("transfer-encoding"), new RegExp(`${ELEMENT}(?:,|[ \\t]*\\r?\\n)`, "y")],
  "transfer-coding-other": [FIELD("transfer-encoding"), new RegExp(`${ELEMENT}[^, \\t]`, "y")],
  "chunk-bws": [/[ \t]/y],
  "chunk-size-trailing-ws": [/[ \t]/y],
  "chunk-extension": [/[ \t;]/y],
  "chunk-ext-malformed": [/[ \t;]/y],
  "bare-lf-in-chunk": [/\n/y],
  "bare-cr-in-chunk": [/\r(?!\n)/y],
  "chunk-data-not-terminated": [/(?!\r\n)/y],
  "chunk-size-overflow": [/[0-9a-f]{14}/iy],
  "close-delimited": [/HTTP|[ \t\v\f]+HTTP/y],
  "large-head": [/HTTP|[ \t\v\f]+HTTP|[A-Z]+ /y],
  "request-host": [FIELD("host"), /[ \t\v\f]*[!-~]+[ \t\v\f]/y],
  "request-target-invalid": [/(?<=[ \t\v\f/!-~])[^ \t\r\n]/y],
  "truncated-head": [/$/y],
  "truncated-body": [/$/y],
  "truncated-chunked": [/$/y],
  "empty-reply": [/$/y],
};

/** Describes the error in the place of a deviation; `undefined` if there is no error. */
export function misplacement(wire: string, { code, offset, excerpt }: Deviation): string | undefined {
  if (offset > wire.length) return `offset ${offset} is behind the octets`;
  const patterns = PLACES[code];
  const isAt = (pattern: RegExp): boolean => {
    pattern.lastIndex = offset;
    return pattern.test(wire);
  };
  const around = JSON.stringify(wire.slice(offset, offset + 20));
  if (patterns && !patterns.some(isAt)) return `at ${offset} stands ${around}`;
  if (excerpt === undefined || isShown(wire, offset, unescape(excerpt))) return undefined;
  return `at ${offset} stands ${around}, and the excerpt is "${excerpt}"`;
}

/** The excerpt stands in the octets so that it includes the offset, or ends at it. */
function isShown(wire: string, offset: number, shown: string): boolean {
  for (let at = wire.indexOf(shown); at !== -1 && at <= offset; at = wire.indexOf(shown, at + 1)) {
    if (offset <= at + shown.length) return true;
  }
  // Blanks around a value and line ends inside a folded one are not shown as they were.
  const [plain, place, plainShown] = [wire, wire.slice(0, offset), shown].map((text) =>
    text.replace(/[ \t\r\n]+/g, "")
  ) as [string, string, string];
  for (let at = plain.indexOf(plainShown); at !== -1; at = plain.indexOf(plainShown, at + 1)) {
    if (at <= place.length && place.length <= at + plainShown.length) return true;
  }
  return false;
}

function unescape(excerpt: string): string {
  const named: Record<string, string> = { r: "\r", n: "\n", t: "\t", "\\": "\\" };
  return excerpt.replace(/…$/, "").replace(
    /\\(?:x([0-9a-f]{2})|([rnt\\]))/g,
    (_, hex, name) => hex ? String.fromCharCode(parseInt(hex, 16)) : named[name]!,
  );
}
