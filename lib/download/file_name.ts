/**
 * Makes safe file names from a server's suggestion: never with a folder, never with a special meaning on any system.
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import { fieldValues } from "../http/field_list.ts";
import { encodeLatin1 } from "../http/octets.ts";

/** Maximum bytes in UTF-8: file systems accept 255, and `.part.json` has to fit at the end. */
const LONGEST_NAME = 200;
/** A longer "extension" is not treated as one. */
const LONGEST_EXTENSION = 20;

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
/** One parameter with the semicolon before it (RFC 6266 §4.1). */
const PARAMETER = new RegExp(
  `;[ \\t]*(${TOKEN})[ \\t]*=[ \\t]*(?:"((?:[^"\\\\]|\\\\[^])*)"|(${TOKEN}))[ \\t]*`,
  "y",
);
const EXTENDED = /^(utf-8|iso-8859-1)'[A-Za-z0-9-]*'((?:%[0-9A-Fa-f]{2}|[!#$&+\-.^_`|~0-9A-Za-z])*)$/i;
/** Device names of Windows, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|$)/i;
/** Controls, invisible and direction-changing characters, lone surrogates. */
const INVISIBLE = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu;

/**
 * Reads the name from `Content-Disposition` (RFC 6266) and makes it safe. `filename*` has priority over `filename`.
 *
 * @returns `undefined` if the field gives no name, or nothing remains of it once it is safe
 *
 * @example Usage
 * ```ts
 * import { dispositionName } from "./file_name.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(dispositionName([["Content-Disposition", 'attachment; filename="../a b.txt"']]), "a b.txt");
 * ```
 */
export function dispositionName(headers: readonly FieldLine[]): string | undefined {
  const value = fieldValues(headers, "content-disposition")[0] ?? "";
  const type = new RegExp(`^[ \\t]*${TOKEN}[ \\t]*`).exec(value)?.[0];
  if (type === undefined) return undefined;
  const parameters = readParameters(value, type.length);
  const extended = parameters.get("filename*");
  const plain = parameters.get("filename");
  const names = [
    extended === undefined ? undefined : decodeExtended(extended),
    plain === undefined ? undefined : decodeOctets(encodeLatin1(plain)),
  ];
  for (const name of names) {
    const safe = name === undefined ? undefined : safeFileName(name);
    if (safe !== undefined) return safe;
  }
  return undefined;
}

/** Reads the parameters up to the first malformed one; of two with the same name, the first counts. */
function readParameters(value: string, start: number): Map<string, string> {
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = start;
  for (let match = PARAMETER.exec(value); match !== null; match = PARAMETER.exec(value)) {
    const [, name = "", quoted, token = ""] = match;
    const key = name.toLowerCase();
    // RFC 9110 §5.6.4: a backslash quotes the next octet. In a Windows path it means itself: C:\dir\name.
    const text = quoted === undefined ? token : quoted.replace(/\\(["\\])/g, "$1");
    if (!parameters.has(key)) parameters.set(key, text);
  }
  return parameters;
}

/** Decodes RFC 8187 §3.2; gives `undefined` if the value is malformed or has another charset. */
function decodeExtended(value: string): string | undefined {
  const [, charset = "", text] = EXTENDED.exec(value) ?? [];
  if (text === undefined) return undefined;
  const octets = encodeLatin1(
    text.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  );
  if (charset.toLowerCase() === "iso-8859-1") {
    return Array.from(octets, (o) => String.fromCharCode(o)).join("");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch {
    return undefined;
  }
}

/** Decodes UTF-8 if the octets are valid, otherwise ISO-8859-1. */
function decodeOctets(octets: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch {
    return Array.from(octets, (octet) => String.fromCharCode(octet)).join("");
  }
}

/**
 * Takes the name from the end of a URL's path, percent-decoded and made safe.
 *
 * @returns `undefined` if the path ends with a slash, or nothing remains once it is safe
 */
export function urlName(url: string): string | undefined {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/[?#][^]*$/, "");
  const segment = path.slice(path.lastIndexOf("/") + 1);
  const octets = segment.replace(
    /%([0-9A-Fa-f]{2})/g,
    (_, hex: string) => String.fromCharCode(parseInt(hex, 16)),
  );
  // A parsed target contains only ASCII, so after decoding every code unit is one octet.
  return safeFileName(decodeOctets(encodeLatin1(octets)));
}

/**
 * Makes a name safe. It drops everything up to the last slash or backslash, controls, invisible characters, and blanks
 * at the edges. It replaces characters and names that Windows reserves, and leading dots, with `_`. It shortens a long
 * name before its extension.
 *
 * @returns `undefined` if nothing remains
 *
 * @example Usage
 * ```ts
 * import { safeFileName } from "./file_name.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(safeFileName("/etc/.bashrc"), "_bashrc");
 * assert.equal(safeFileName(".."), undefined);
 * ```
 */
export function safeFileName(text: string): string | undefined {
  const name = text.toWellFormed().replace(INVISIBLE, "").replace(/^[^]*[/\\]/, "").normalize("NFC")
    .replace(/[<>:"|?*]/g, "_").replace(/^\s+|[\s.]+$/gu, "").replace(/^\.+/, "_");
  if (/^_*$/.test(name)) return undefined;
  return shorten(RESERVED.test(name) ? `_${name}` : name);
}

function shorten(name: string): string {
  const octetsOf = (text: string): number => new TextEncoder().encode(text).length;
  if (octetsOf(name) <= LONGEST_NAME) return name;
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 && octetsOf(name.slice(dot)) <= LONGEST_EXTENSION ? name.slice(dot) : "";
  let stem = "";
  let room = LONGEST_NAME - octetsOf(extension);
  for (const character of name.slice(0, name.length - extension.length)) {
    room -= octetsOf(character);
    if (room < 0) break;
    stem += character;
  }
  return stem + extension;
}
