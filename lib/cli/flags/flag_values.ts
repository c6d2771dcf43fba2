/**
 * Readers for the values of flags. Each throws a `SyntaxError` or `RangeError` that names the input and the fix.
 *
 * @module
 */

import { checkAlpn } from "../../net/tls/alpn.ts";
import type { HeaderChange } from "../../probe/header_changes.ts";
import { adviseNearest, listWords } from "../../text/nearest.ts";
import { parseDuration } from "../../text/duration.ts";
import { parseSize } from "../../text/size.ts";
import { LONGEST_TIMER } from "../../time/timer.ts";

/** Reads any text except the empty one. */
export function parseText(text: string): string {
  if (text === "") throw new SyntaxError("Cannot use an empty value: write one, or leave the flag out");
  return text;
}

/** Reads any text, even an empty one. */
export function parseAnyText(text: string): string {
  return text;
}

/** Reads the name of a file for results. As with curl, `-` is stdout, the same as without the flag. */
export function parseOutputFile(text: string): string | undefined {
  return text === "-" ? undefined : parseText(text);
}

/** Reads the name of a file that is both read and written, so neither stdin nor stdout. */
export function parseKeptFile(text: string): string {
  if (text === "-") {
    throw new SyntaxError('Cannot use "-": write the name of a file (./- for a file named -)');
  }
  return parseText(text);
}

/** Reads a duration that a timer can wait, in milliseconds; 0 is allowed. */
export function parseInterval(text: string): number {
  const ms = parseDuration(text);
  if (ms > LONGEST_TIMER) {
    throw new RangeError(`Cannot wait "${text}": a timer can wait at most 24d`);
  }
  return ms;
}

/** Reads a duration above 0 that a timer can wait, in milliseconds. Without a limit, a wait could last for ever. */
export function parseTimeLimit(text: string): number {
  const ms = parseInterval(text);
  if (ms === 0) {
    throw new RangeError(`Cannot use "${text}" as a limit: write a duration above 0; 24d is the longest`);
  }
  return ms;
}

/** Reads a size above 0, in octets. */
export function parseSizeLimit(text: string): number {
  const octets = parseSize(text);
  if (octets === 0) throw new RangeError(`Cannot use "${text}" as a limit: write a size above 0`);
  return octets;
}

/** Reads a whole number of at least 1. */
export function parseCount(text: string): number {
  const count = parseNumber(text);
  if (count === 0) throw new RangeError('Cannot use "0": write a whole number above 0');
  return count;
}

/** Reads a whole number of at least 0. */
export function parseNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number)) {
    throw new SyntaxError(`Cannot parse number "${text}": write a whole number, as in 10`);
  }
  return number;
}

/** Reads names separated by commas: `h2,http/1.1`. */
export function parseList(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) {
    throw new SyntaxError(`Cannot parse list "${text}": write names separated by single commas`);
  }
  return names;
}

/** Reads names of protocols that can be offered by ALPN. */
export function parseAlpn(text: string): string[] {
  const names = parseList(text);
  checkAlpn(names);
  return names;
}

/** Makes a function that reads only the given words, and lists them. */
export function oneOf<const Word extends string>(
  ...words: readonly Word[]
): ((text: string) => Word) & { readonly words: readonly Word[] } {
  const parse = (text: string) => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    const near = words.length > 3 ? adviseNearest(text, words, { onlyNear: true }) : undefined;
    throw new SyntaxError(`Cannot use "${text}": ${near ?? `write ${listWords(words, "or")}`}`);
  };
  return Object.assign(parse, { words });
}

/** Reads `Name: value`, `Name:` (removes the field) or `Name;` (sends it with an empty value), as curl does. */
export function parseHeader(text: string): HeaderChange {
  const colon = text.indexOf(":");
  if (colon > 0) {
    const value = text.slice(colon + 1).replaceAll(/^[ \t]+|[ \t]+$/g, "");
    return [text.slice(0, colon), value === "" ? undefined : value];
  }
  if (colon === -1 && text.length > 1 && text.endsWith(";")) return [text.slice(0, -1), ""];
  throw new SyntaxError(
    `Cannot parse header "${text}": write Name: value, Name: to remove it, or Name; to send it empty`,
  );
}
