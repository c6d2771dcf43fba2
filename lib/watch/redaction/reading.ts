/**
 * A text as decoded, with a way back to the text as written.
 *
 * @module
 */

/** A place in a text, from `start` up to `end`. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A decoded text. */
export interface Reading {
  readonly text: string;
  /** Gives the place in the original text of one code unit of the reading. */
  placeOf(index: number): Place;
  /** Gives what differs from the reading before, with its surroundings; absent if there is no reading before. */
  news?(): Reading;
}

/** Separates parts of a reading that do not follow each other in the original text. */
export const GAP = "\uffff";

/** The mark where a text was cut. */
export const CUT = "…";

/** Gives the reading of a text as it is written. */
export function plainReading(text: string): Reading {
  return { text, placeOf: (index) => ({ start: index, end: index + 1 }) };
}

/** Gives the place in the original text of some code units of a reading. */
export function placeIn(reading: Reading, { start, end }: Place): Place {
  return { start: reading.placeOf(start).start, end: reading.placeOf(end - 1).end };
}

/** Gives the index of the last number that is not above a limit; the numbers ascend, and the first is 0. */
export function lastUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! <= limit) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Replaces each match by what `decode` makes of it; `undefined` keeps the match.
 *
 * @returns The same reading if nothing was replaced
 */
export function rewrite(
  reading: Reading,
  pattern: RegExp,
  decode: (match: RegExpExecArray) => string | undefined,
): Reading {
  const { text } = reading;
  const pieces: string[] = [];
  /** For each piece its place in the new text, and in the source; every second piece was decoded. */
  const [starts, sources]: [number[], number[]] = [[], []];
  let [length, copied] = [0, 0];
  const add = (piece: string, source: number): void => {
    pieces.push(piece);
    starts.push(length);
    sources.push(source);
    length += piece.length;
  };
  for (const match of text.matchAll(pattern)) {
    const decoded = decode(match);
    if (decoded === undefined) continue;
    add(text.slice(copied, match.index), copied);
    add(decoded, match.index);
    copied = match.index + match[0].length;
  }
  if (pieces.length === 0) return reading;
  add(text.slice(copied), copied);
  const rewritten: Reading = {
    text: pieces.join(""),
    placeOf: (index) => {
      const piece = lastUpTo(starts, index);
      const source = sources[piece]!;
      if (piece % 2 === 1) return placeIn(reading, { start: source, end: sources[piece + 1]! });
      return reading.placeOf(source + index - starts[piece]!);
    },
    news: () => surroundingsOf(rewritten, starts),
  };
  return rewritten;
}

/** Code units around a decoded piece in which a part of a secret, itself written as numbers, may reach into the piece. */
const REACH = 300;

/** Gives the surroundings of every second piece of a reading, up to the ends of words. */
function surroundingsOf(reading: Reading, pieces: readonly number[]): Reading {
  const { text } = reading;
  const [kept, starts]: [Place[], number[]] = [[], []];
  let length = 0;
  for (let at = 1; at < pieces.length; at += 2) {
    const first = pieces[at]!;
    while (at + 2 < pieces.length && pieces[at + 2]! - pieces[at + 1]! <= 2 * REACH) at += 2;
    const place = {
      start: wordEdge(text, first - REACH, -1),
      end: wordEdge(text, pieces[at + 1]! + REACH, 1),
    };
    kept.push(place);
    starts.push(length);
    length += place.end - place.start + GAP.length;
  }
  if (length >= text.length) return reading;
  return {
    text: kept.map(({ start, end }) => text.slice(start, end) + GAP).join(""),
    placeOf: (index) => {
      const part = lastUpTo(starts, index);
      return reading.placeOf(Math.min(kept[part]!.start + index - starts[part]!, kept[part]!.end - 1));
    },
  };
}

/** Moves a place out of a word, in one direction, for at most as many characters as a word has. */
function wordEdge(text: string, place: number, step: 1 | -1): number {
  let at = Math.min(Math.max(place, 0), text.length);
  for (let moves = 0; moves < 64 && at > 0 && at < text.length; moves++) {
    if (!/[\p{L}\p{N}]/u.test(text[step === 1 ? at : at - 1]!)) break;
    at += step;
  }
  return at;
}

/** Keeps the matches only, with gaps between those that do not touch; `undefined` if there are none. */
export function extract(reading: Reading, pattern: RegExp): Reading | undefined {
  const pieces: string[] = [];
  const [starts, sources]: [number[], number[]] = [[], []];
  let [length, end] = [0, 0];
  for (const { 0: match, index } of reading.text.matchAll(pattern)) {
    const piece = index === end ? match : GAP + match;
    pieces.push(piece);
    starts.push(length);
    sources.push(index - piece.length + match.length);
    length += piece.length;
    end = index + match.length;
  }
  if (pieces.length === 0) return undefined;
  return {
    text: pieces.join(""),
    placeOf: (index) => {
      const piece = lastUpTo(starts, index);
      return reading.placeOf(sources[piece]! + index - starts[piece]!);
    },
  };
}
