/**
 * Bugs of the reading of HTTP.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";

/** In the order of the files. */
export const HTTP_MUTANTS: readonly Mutant[] = [
  {
    bug: "the last Keep-Alive: max wins",
    text: "announced.max ??= Number(digits)",
    becomes: "announced.max = Number(digits)",
  },
  {
    bug: "the last Keep-Alive: timeout wins",
    text: "announced.timeout ??= Number(digits)",
    becomes: "announced.timeout = Number(digits)",
  },
  {
    bug: "HTTP/1.0 persists without having asked for it",
    text: 'version === "1.0" ? keepAlive : version.startsWith("1.")',
    becomes: 'version.startsWith("1.")',
  },
  {
    bug: "Connection: Close is missed in capitals",
    text: "for (const option of splitList(value.toLowerCase())) {",
    becomes: "for (const option of splitList(value)) {",
  },
  {
    bug: "Set-Cookie may be a trailer field",
    text: '  "set-cookie",\n  "cookie",',
    becomes: '  "cookie",',
  },
  {
    bug: "WWW-Authenticate may be a trailer field",
    text: '  "www-authenticate",\n',
    becomes: "",
  },
  {
    bug: "Warning may be a trailer field",
    text: '  "expires",\n  "warning",',
    becomes: '  "expires",',
  },
  {
    bug: "the name of a forbidden trailer field is compared with its case",
    text: "FORBIDDEN.has(name.toLowerCase())",
    becomes: "FORBIDDEN.has(name)",
  },
  {
    bug: "Content-Length 5 and 05 conflict",
    text: 'return text.replace(/^0+(?=[0-9])/, "");',
    becomes: "return text;",
  },
  {
    bug: "a Content-Length of 2^53-1 octets is too large",
    text: "Number(number) > Number.MAX_SAFE_INTEGER",
    becomes: "Number(number) >= Number.MAX_SAFE_INTEGER",
  },
  {
    bug: "a connection with both lengths is used again",
    text: "!oldVersion && lengths.length === 0 &&",
    becomes: "!oldVersion &&",
  },
  {
    bug: "the place of conflicting lengths is that of the first",
    text: 'return faultAt(other, "conflicting-content-length"',
    becomes: 'return faultAt(first, "conflicting-content-length"',
  },
  {
    bug: "the place of an invalid length is that of the first",
    text: 'return faultAt(invalid, "invalid-content-length"',
    becomes: 'return faultAt(elements[0]!, "invalid-content-length"',
  },
  {
    bug: "the last coding that is not chunked is told at the first",
    text: 'add(last ?? elements.at(-1)!, "te-not-chunked-final"',
    becomes: 'add(elements[0]!, "te-not-chunked-final"',
  },
  {
    bug: "a connection with chunked in HTTP/1.0 is used again",
    text: "const reusable = !oldVersion && ",
    becomes: "const reusable = ",
  },
  {
    bug: "a chunk size of 2^53-1 octets is too large",
    text: "if (this.size > Number.MAX_SAFE_INTEGER) {",
    becomes: "if (this.size >= Number.MAX_SAFE_INTEGER) {",
  },
  {
    bug: "a chunk-size line as long as the limit is too long",
    text: "if (this.#octets <= this.#limits.maxChunkLine) return;",
    becomes: "if (this.#octets < this.#limits.maxChunkLine) return;",
  },
  {
    bug: "small chunks get no allowance for framing",
    text: "FRAMING_ALLOWANCE + this.#limits.maxFramingRatio",
    becomes: "this.#limits.maxFramingRatio",
  },
  {
    bug: "as many interim responses as the limit are too many",
    text: "this.heads.length <= maxInterim",
    becomes: "this.heads.length < maxInterim",
  },
  {
    bug: "octets after an announced close are plain excess",
    text: 'announced.persistent === false ? "closed" : "unexpected"',
    becomes: 'announced.persistent === false ? "unexpected" : "unexpected"',
  },
  {
    bug: "a deviation that is left out is not counted",
    text: "places.last.count = (places.last.count ?? 1) + 1;",
    becomes: "places.last.count = places.last.count ?? 1;",
  },
  {
    bug: "599 is out of range",
    text: "status < 100 || status > 599",
    becomes: "status < 100 || status > 598",
  },
  {
    bug: "an HTTP/1.0 request without Host is held against the sender",
    text: 'if (version !== "1.0") note("request-host"',
    becomes: 'note("request-host"',
  },
  {
    bug: "DEL stands unescaped in an excerpt",
    text: "[\\\\\\x00-\\x1f\\x7f-\\uffff]/g, (unit) => {",
    becomes: "[\\\\\\x00-\\x1f\\x80-\\uffff]/g, (unit) => {",
  },
  {
    bug: "a lone LF after a response is data",
    text: "this.hasData = bytes[i] !== CR && bytes[i] !== LF;",
    becomes: "this.hasData = bytes[i] !== CR;",
  },
  {
    bug: "a folded line is joined without a blank",
    text: "`${field[1]} ${more}`",
    becomes: "`${field[1]}${more}`",
  },
  {
    bug: "a blank before a colon is reported at the beginning of the line",
    text: "    offset + name.length,\n",
    becomes: "    offset,\n",
  },
  {
    bug: "a TLS cut behind a complete response is not told",
    text: 'if (how === "tls-truncated") this.#message?.noteTlsTruncation(this.#offset);',
    becomes: "",
  },
  {
    bug: "blanks within quotes count as blanks of a chunk extension",
    text: "text.replace(QUOTED_STRINGS, ",
    becomes: "text.replace(/^never/g, ",
  },
  {
    bug: "the octets of the head count as content on the wire",
    text: "body.wireBytes = base + next - this.start;",
    becomes: "body.wireBytes = base + next;",
  },
  {
    bug: "an IMAP greeting is not recognised",
    text: '[/^\\* OK/, "an IMAP greeting"],',
    becomes: "",
  },
  {
    bug: "interim responses without a final one are lost",
    text: "this.response ? [] : this.#interim.heads",
    becomes: "[]",
  },
  {
    bug: "no octet is a truncated head",
    text: "if (!this.#head && interim === 0) {",
    becomes: "if (!this.#head && interim < 0) {",
  },
  {
    bug: "a large head is none",
    text: "if (octets > LARGE_HEAD)",
    becomes: "if (octets > 100 * LARGE_HEAD)",
  },
  {
    bug: "a body cut by TLS is complete",
    text: 'this.noteTlsTruncation(offset).class = "fatal";',
    becomes: "this.noteTlsTruncation(offset);",
  },
  {
    bug: "two chunked codings count as one",
    text: "repeated: chunked.length > 1 }",
    becomes: "repeated: chunked.length > 2 }",
  },
  {
    bug: "a 101 that nobody asked for is in order",
    text: "if (!request.upgrade) {",
    becomes: "if (request.upgrade === null) {",
  },
  {
    bug: "obs-text in a reason is not told",
    text: 'note("reason-obs-text", offset',
    becomes: 'void ("reason-obs-text", offset',
  },
  {
    bug: "a value with a NUL is told to be elsewhere",
    text: 'note("nul-in-value", offset + nul,',
    becomes: 'note("nul-in-value", offset,',
  },
  {
    bug: "a comma within quotes divides a list",
    text: 'else if (unit === "," && !quoted) {',
    becomes: 'else if (unit === ",") {',
  },
  {
    bug: "a comma in a quoted string divides codings",
    text: 'unit === "," && !quoted) commas.push(i)',
    becomes: 'unit === ",") commas.push(i)',
  },
  {
    bug: "a blank in a chunk extension is told at its beginning",
    text: 'note("chunk-bws", offset + blank',
    becomes: 'note("chunk-bws", offset',
  },
  {
    bug: "empty elements of a list are kept",
    text: '.filter((element) => element !== "")\n    .map((element) => element.toLowerCase());',
    becomes: ".map((element) => element.toLowerCase());",
  },
  {
    bug: "a Host that differs from the request-target is in order",
    text: "authority.toLowerCase() !== value.toLowerCase()",
    becomes: 'authority === ""',
  },
  {
    bug: "a second Host is told at the first",
    text: "noteAt(second, `Host appears",
    becomes: "noteAt(first, `Host appears",
  },
  {
    bug: "blanks behind a request-line are not told",
    text: "if (end < text.length) note(",
    becomes: "if (end > text.length) note(",
  },
  {
    bug: "a fault in a request-target is told at the beginning of the line",
    text: "noteAt(code, target.at + at, message)",
    becomes: "noteAt(code, at, message)",
  },
];
