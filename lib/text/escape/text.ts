/**
 * Makes text of a peer safe for a terminal. No function here returns a control octet, an invisible character or one that
 * changes the direction of text. The input can be read back from the result, because a backslash is doubled.
 *
 * @module
 */

/** Matches controls, unassigned and private characters, lone surrogates, invisible characters, and blanks other than SP. */
const UNSAFE = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Z}/u;
const PLAIN = /^[\x20-\x5b\x5d-\x7e]*$/;
/** Matches printable ASCII, and the other characters that sonde's own sentences and figures contain. */
export const OURS = /^[\x20-\x7e·–…→\u2500-\u259f]*$/;
/** Matches octets in the pattern of UTF-8, two to four of them, or else one octet that is not plain. */
const UTF8_OR_ODD =
  /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[^\x20-\x5b\x5d-\x7e]/g;
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

let unsafeAll: RegExp | undefined;

/**
 * Compiles the pattern at its first use, since compiling takes as long as printing a whole result, and few
 * results need it.
 */
function everyUnsafe(): RegExp {
  return unsafeAll ??= new RegExp(UNSAFE, "gu");
}

let unsafeOrBackslash: RegExp | undefined;

function everyUnsafeOrBackslash(): RegExp {
  return unsafeOrBackslash ??= new RegExp(`\\\\|${UNSAFE.source}`, "gu");
}

function escapeCodePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  switch (code) {
    case 0x09:
      return "\\t";
    case 0x0a:
      return "\\n";
    case 0x0d:
      return "\\r";
    case 0x5c:
      return "\\\\";
  }
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}

/** Decodes octets of UTF-8, if they are valid and their character is safe to show. */
function decodeSequence(octets: string): string | undefined {
  let code = octets.charCodeAt(0) & (0xff >> (octets.length + 1));
  for (let i = 1; i < octets.length; i++) code = (code << 6) | (octets.charCodeAt(i) & 0x3f);
  if (code < (SMALLEST[octets.length] ?? 0) || code > 0x10ffff) return undefined;
  const character = String.fromCodePoint(code);
  return UNSAFE.test(character) ? undefined : character;
}

/**
 * Escapes text of one code unit per octet: a header value, a reason. Valid UTF-8 becomes its characters if
 * they are printable; every other octet outside printable ASCII becomes `\xHH`, `\r`, `\n` or `\t`.
 *
 * @param octets Text of one code unit per octet (ISO-8859-1)
 * @returns Text without control or invisible characters; a backslash of the input is doubled
 *
 * @example Usage
 * ```ts
 * import { escapeOctets } from "./text.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(escapeOctets("caf\xc3\xa9 \x1b[2J"), "café \\x1b[2J");
 * ```
 */
export function escapeOctets(octets: string): string {
  if (PLAIN.test(octets)) return octets;
  return octets.replace(UTF8_OR_ODD, (match) => {
    if (match.length === 1) return escapeCodePoint(match);
    return decodeSequence(match) ?? Array.from(match, escapeCodePoint).join("");
  });
}

/**
 * Escapes Unicode text that did not come from sonde: a URL, a certificate's subject, the content of a body.
 *
 * @returns Text without control or invisible characters (`\x1b`, `\u{202e}`); a backslash of the input is doubled
 */
export function escapeText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(everyUnsafeOrBackslash(), escapeCodePoint);
}

/**
 * Escapes a message of sonde that may quote a peer. It works like {@linkcode escapeText}, but leaves a
 * backslash single, because the quoted text was escaped when the message was composed. Applying it again
 * changes nothing.
 */
export function escapeMessage(message: string): string {
  return OURS.test(message) ? message : message.replace(everyUnsafe(), escapeCodePoint);
}

/**
 * Replaces characters that must not reach a terminal raw (DEL, C1, U+2028, direction marks …) by JSON's own
 * escapes. The value that the JSON stands for stays the same.
 *
 * @param json Text that `JSON.stringify` gave
 */
export function escapeJson(json: string): string {
  if (OURS.test(json)) return json;
  return json.replace(everyUnsafe(), (character) => {
    let escaped = "";
    for (let i = 0; i < character.length; i++) {
      escaped += `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`;
    }
    return escaped;
  });
}
