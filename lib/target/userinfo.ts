/**
 * Decodes and encodes the user and password of a URL. Both are octets, usually UTF-8, and become text. An octet that is
 * not UTF-8 becomes a code unit from U+DC80 on, which no other octets become.
 *
 * @module
 */

import { decodeLatin1 } from "../http/octets.ts";

/** An octet that is not UTF-8 is added to this code unit. */
const ESCAPE = 0xdc00;

/**
 * Percent-decodes a user or password. A `%` stays if no percent-encoding begins there.
 *
 * @example Usage
 * ```ts
 * import { decodeUserinfo, encodeUserinfo } from "./userinfo.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(decodeUserinfo("a%40%C3%BC%"), "a@ü%");
 * assert.deepEqual([...encodeUserinfo(decodeUserinfo("%E9x"))], [0xe9, 0x78]);
 * ```
 */
export function decodeUserinfo(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return decodeRun(run);
    }
  });
}

/** Decodes the octets of a user or password, so that {@linkcode encodeUserinfo} gives the same octets. */
export function decodeOctets(octets: Uint8Array): string {
  return decodeUserinfo(octets.toHex().replace(/../g, "%$&"));
}

/** Lists how a program may read octets of which some are not UTF-8, as Latin-1 and with U+FFFD; nothing if all are. */
export function misreadings(text: string): string[] {
  if (text.isWellFormed()) return [];
  return [decodeLatin1(encodeUserinfo(text)), text.toWellFormed()];
}

/** Decodes octets one by one, for a run in which some are not UTF-8. */
function decodeRun(run: string): string {
  let text = "";
  for (let at = 0; at < run.length;) {
    const character = characterAt(run, at);
    text += character?.text ?? String.fromCharCode(ESCAPE + parseInt(run.slice(at + 1, at + 3), 16));
    at += character?.length ?? 3;
  }
  return text;
}

/** Decodes the character at a place of a run of percent-encodings, if there is one, and gives its length there. */
function characterAt(run: string, at: number): { text: string; length: number } | undefined {
  for (let length = 3; length <= 12 && at + length <= run.length; length += 3) {
    try {
      return { text: decodeURIComponent(run.slice(at, at + length)), length };
    } catch {
      // The character may have more octets.
    }
  }
  return undefined;
}

/** Gives the octets of a decoded user or password. */
export function encodeUserinfo(text: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const octets: number[] = [];
  for (const character of text) {
    const unit = character.charCodeAt(0);
    if (character.length === 1 && unit >= ESCAPE + 0x80 && unit <= ESCAPE + 0xff) octets.push(unit - ESCAPE);
    else octets.push(...encoder.encode(character));
  }
  return Uint8Array.from(octets);
}
