/**
 * Bugs of downloads and of raw exchanges.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";

/** In the order of the files. */
export const FILES_MUTANTS: readonly Mutant[] = [
  {
    bug: "a part whose last octet is not before the total is taken",
    text: "|| total !== undefined && last >= total ||",
    becomes: "|| total !== undefined && last > total ||",
  },
  {
    bug: "a date as old as a second is no validator",
    text: "age >= 1000 ? lastModified",
    becomes: "age > 1000 ? lastModified",
  },
  {
    bug: "a weak ETag is a validator",
    text: '/^"[\\x21\\x23-\\x7e\\x80-\\xff]*"$/.test(text)',
    becomes: '/^(?:W\\/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"$/.test(text)',
  },
  {
    bug: "the date decides though an ETag is there",
    text: "return etag ?? lastModified;",
    becomes: "return lastModified ?? etag;",
  },
  {
    bug: "a part that is shorter or longer than the whole is complete",
    text: "if (size === from && total === from &&",
    becomes: "if (size !== undefined && total === from &&",
  },
  {
    bug: "a part of another whole is continued",
    text: "if (total !== undefined && total !== asked.total) {",
    becomes: "if (total !== undefined && total < asked.total) {",
  },
  {
    bug: "a part is continued beyond its whole",
    text: "return last < asked.total\n",
    becomes: "return last <= asked.total\n",
  },
  {
    bug: "a part that is shorter than its range is continued",
    text: "length === undefined || length === span",
    becomes: "length === undefined || length <= span",
  },
  {
    bug: "a part in another content coding is continued",
    text: 'answered === undefined || answered === (coding ?? "identity")',
    becomes: "answered !== undefined",
  },
  {
    bug: "COM1 is a file name",
    text: "_${name}` : name);",
    becomes: "${name}` : name);",
  },
  {
    bug: "a name that begins with a dot stays hidden",
    text: '.replace(/^\\.+/, "_")',
    becomes: "",
  },
  {
    bug: "filename wins over filename*",
    text:
      "    extended === undefined ? undefined : decodeExtended(extended),\n    plain === undefined ? undefined : decodeOctets(encodeLatin1(plain)),",
    becomes:
      "    plain === undefined ? undefined : decodeOctets(encodeLatin1(plain)),\n    extended === undefined ? undefined : decodeExtended(extended),",
  },
  {
    bug: "a SHA-256 in capitals does not match",
    text: "if (expectedSha256 === undefined || expectedSha256.toLowerCase() === digest) return;",
    becomes: "if (expectedSha256 === undefined || expectedSha256 === digest) return;",
  },
  {
    bug: "a file that is there is replaced",
    text: "if (!overwrite && isThere(file)) throw",
    becomes: "if (overwrite && isThere(file)) throw",
  },
  {
    bug: "a content with a wrong digest may be resumed",
    text: 'error.kind !== "digest" && bytes > 0',
    becomes: "bytes > 0",
  },
  {
    bug: "a cut that falls into the awaited text hides it",
    text: "whole.length - this.#wanted.length + 1)",
    becomes: "whole.length - this.#wanted.length + 2)",
  },
  {
    bug: "as many octets as --max-received do not end the reading",
    text: "return bytes.length >= room ?",
    becomes: "return bytes.length > room ?",
  },
  {
    bug: "\\e is no escape",
    text: "  e: 0x1b,\n",
    becomes: "",
  },
  {
    bug: "a port above 65535 is taken by raw",
    text: "if (host === undefined || port < 1 || port > 65_535)",
    becomes: "if (host === undefined || port < 1 || port > 99_999)",
  },
  {
    bug: "an awaited text that did not come is no error",
    text: "    if (!found) this.missing = octets;\n",
    becomes: "",
  },
  {
    bug: "octets that came before ours are not told",
    text: "this.early ??= this.#received;",
    becomes: "this.early ??= 0;",
  },
  {
    bug: "raw takes the answer to a prompt for the end",
    text: "this.#receiver.cut(bytes, !this.#sender.prompted)",
    becomes: "this.#receiver.cut(bytes, true)",
  },
  {
    bug: "a silence is told as a close of the peer",
    text: 'this.#finishReading("silence");',
    becomes: 'this.#finishReading("peer");',
  },
  {
    bug: "raw closes its side without being asked",
    text: "if (this.#options.halfClose && this.#stop === undefined)",
    becomes: "if (this.#stop === undefined)",
  },
  {
    bug: "what was received of the limit is not cut",
    text: "const within = bytes.subarray(0, room);",
    becomes: "const within = bytes;",
  },
  {
    bug: "a second half of a character stands alone",
    text: 'if (surrogate !== "" && !/^[\\udc00-\\udfff]$/.test(character)) return refuse(text, at);',
    becomes: "",
  },
  {
    bug: "a digest that was not asked for is not told",
    text: "    this.#sha256 = digest;\n    if (expectedSha256",
    becomes: "    this.#sha256 = expectedSha256;\n    if (expectedSha256",
  },
  {
    bug: "the rate is in octets a millisecond",
    text: "received / (receive / 1000)",
    becomes: "received / receive",
  },
  {
    bug: "a full disk is no lack of resources",
    text: '  ENOSPC: "the device has no space left",\n',
    becomes: "",
  },
  {
    bug: "a long name loses its extension",
    text: 'octetsOf(name.slice(dot)) <= LONGEST_EXTENSION ? name.slice(dot) : ""',
    becomes: 'octetsOf(name.slice(dot)) < 0 ? name.slice(dot) : ""',
  },
  {
    bug: "a part of another URL is continued",
    text: "if (state.url !== url) return",
    becomes: 'if (state.url === "") return',
  },
  {
    bug: "a folder at the root is lost",
    text: '.replace(/^$/, "/") ?? "."',
    becomes: '.replace(/^$/, ".") ?? "."',
  },
];
