/**
 * Tells ordinary text from parts of secrets. A secret may contain words that any message contains.
 *
 * @module
 */

import { CUT, placeIn, type Reading } from "./reading.ts";

/** Letters that follow each other in English words; random letters rarely keep to it. */
const FOLLOWERS: Readonly<Record<string, string>> = {
  a: "bcdefghiklmnprstuvwxyz",
  b: "abcdeijlorstuy",
  c: "acehiklorstuy",
  d: "acdegilmorsuvwy",
  e: "abcdefghiklmnopqrstuvwxyz",
  f: "aefilorstuy",
  g: "aeghilmnorstuy",
  h: "aehilmnortuy",
  i: "abcdefgklmnoprstvxz",
  j: "aeiou",
  k: "aehilnorsuwy",
  l: "abcdefilmopstuvy",
  m: "abdeilmopsu",
  n: "acdefghiklmnoprstuvy",
  o: "abcdefghiklmnoprstuvwxy",
  p: "aehiloprstu",
  q: "u",
  r: "abcdefgiklmnoprstuvy",
  s: "acefghiklmnoprstuwy",
  t: "acdefghilmnoprstuwyz",
  u: "abcdefgiklmnprst",
  v: "aeioy",
  w: "adehiklnorsy",
  x: "aceiptuy",
  y: "aeilmnopst",
  z: "aeioyz",
};

/** Schemes of URLs; whatever follows them, they tell nothing. */
const SCHEMES = /(?:https?|wss?|ftps?):\/\/(?:www\.)?/g;

/** Texts of protocols and file formats. */
const PROTOCOL =
  /https?\/1\.[01]|content-(?:type|length|encoding|disposition)|application\/(?:json|xml|x-www-form-urlencoded)|text\/(?:html|plain|xml)|charset="?utf-8|authorization: (?:basic|bearer) |-+(?:begin|end) [a-z0-9 ]+-+/g;

/** Characters that stand between the words of messages and structured texts. */
const STRUCTURE = /^[\s"'`:;,.{}()<>/=|_*#!?&\-[\]]*$/;

/** Letters of the shortest word that counts as one of the words of a part. */
const SHORTEST_WORD = 4;

/** Characters at the edge of a part that are the same by chance as those of another word. */
const LONGEST_FRAGMENT = 3;

/** Short words beside the word of a part. */
const MOST_SHORT_WORDS = 2;

const WORD = /[\p{L}\p{N}]+/gu;

/** Lists the whole words of a secret. */
export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** Tells if letters look like an English word. */
function isWordLike(word: string): boolean {
  if (!/^[a-z]+$/.test(word)) return false;
  for (let at = 1; at < word.length; at++) {
    if (!FOLLOWERS[word[at - 1]!]!.includes(word[at]!)) return false;
  }
  return true;
}

/**
 * Finds the places of a secret where some characters in a row tell nothing: they are of two kinds at most, as in a line of
 * dashes, or belong to a protocol.
 *
 * @returns A function that tells it of a place
 */
export function unremarkablePlaces(text: string, length: number): (at: number) => boolean {
  const places = new Set<number>();
  for (const { 0: scheme, index } of text.matchAll(SCHEMES)) {
    for (let at = index; at < index + scheme.length; at++) places.add(at);
  }
  for (const { 0: phrase, index } of text.matchAll(PROTOCOL)) {
    for (let at = index; at + length <= index + phrase.length; at++) places.add(at);
  }
  return (at) => places.has(at) || new Set(text.slice(at, at + length)).size <= 2;
}

/** A part of a secret that was found in a text. */
export interface FoundPart {
  /** The part: code units of the reading. */
  readonly start: number;
  readonly end: number;
  readonly reading: Reading;
  /** The text as written. */
  readonly original: string;
  /** All whole words of the secrets, in lower case. */
  readonly words: ReadonlySet<string>;
  /** True if the secret is a long document. */
  readonly long: boolean;
}

/**
 * Tells if a part is ordinary text: a single English word that is a whole word of the secret, written plainly. In a long
 * document the part may also have up to two short words, and up to three characters that the next words share by chance.
 */
export function isOrdinary(part: FoundPart): boolean {
  const { start, end, reading: { text }, long } = part;
  // A cut makes even a word telling.
  if (text[start - 1] === CUT || text[end] === CUT) return false;
  const found = text.slice(start, end);
  if (!STRUCTURE.test(found.replace(WORD, ""))) return false;
  let [words, shortWords] = [0, 0];
  for (const { 0: token, index } of found.matchAll(WORD)) {
    const from = start + index;
    const to = from + token.length;
    if (isWordOf(part, from, to)) {
      if (token.length >= SHORTEST_WORD) words++;
      else shortWords++;
    } else if (token.length > LONGEST_FRAGMENT || !long || !goesOn(text, from, to)) {
      return false;
    }
  }
  return long ? words <= 1 && shortWords <= MOST_SHORT_WORDS : words === 1 && shortWords === 0;
}

/** Tells if a token of a part is a whole word of a secret, looks like a word, and is written without escapes. */
function isWordOf({ words, reading, original }: FoundPart, from: number, to: number): boolean {
  const word = reading.text.slice(from, to);
  const place = placeIn(reading, { start: from, end: to });
  return words.has(word.toLowerCase()) && isWordLike(word.toLowerCase()) && isOneCase(word) &&
    original.slice(place.start, place.end) === word;
}

/** Tells if letters are all in one case, except perhaps the first one. */
function isOneCase(word: string): boolean {
  return word === word.toUpperCase() || word.slice(1) === word.slice(1).toLowerCase();
}

/** Tells if a token at the edge of a part is the edge of a longer word in the text. */
function goesOn(text: string, from: number, to: number): boolean {
  return /^[\p{L}\p{N}]$/u.test(text[to] ?? "") || /^[\p{L}\p{N}]$/u.test(text[from - 1] ?? "");
}
