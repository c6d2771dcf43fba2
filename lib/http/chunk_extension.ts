/**
 * Judges the text after a chunk size (RFC 9112 §7.1.1).
 *
 * @module
 */

import { excerptAround, type Note } from "./deviation.ts";

/** Matches one chunk-ext of RFC 9112 §7.1.1, including "bad" whitespace. */
const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const QUOTED = '"(?:[\\t !\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t \\x21-\\x7e\\x80-\\xff])*"';
const EXTENSIONS = new RegExp(
  `^(?:[ \\t]*;[ \\t]*${TOKEN}(?:[ \\t]*=[ \\t]*(?:${TOKEN}|${QUOTED}))?)+[ \\t]*$`,
);
const QUOTED_STRINGS = /"(?:[^"\\]|\\[^])*"/g;

/**
 * Notes blanks or extensions between a chunk size and the end of its line.
 *
 * @param text Not empty; one code unit for each octet
 * @param offset Stream offset of its first octet
 * @returns False if the text is neither, which is fatal
 */
export function noteChunkExtension(text: string, offset: number, note: Note): boolean {
  if (/^[ \t]*$/.test(text)) {
    note("chunk-size-trailing-ws", offset, "Blanks after a chunk size", text);
    return true;
  }
  if (!EXTENSIONS.test(text)) {
    note("chunk-ext-malformed", offset, "The text after a chunk size is not an extension", text);
    return false;
  }
  note("chunk-extension", offset, "A chunk extension", text);
  const blank = text.replace(QUOTED_STRINGS, ({ length }) => '"'.repeat(length)).search(/[ \t]/);
  if (blank !== -1) {
    note("chunk-bws", offset + blank, "Blanks in a chunk extension", excerptAround(text, blank));
  }
  return true;
}
