/**
 * Finds secrets and parts of secrets in a text, in a time that does not depend on the number and length of the secrets.
 *
 * @module
 */

import { isInFigure } from "./figures.ts";
import { isOrdinary, unremarkablePlaces, wordsOf } from "./ordinary_text.ts";
import { CUT, type Place, plainReading, type Reading } from "./reading.ts";
import { HASH_FACTOR as FACTOR, hashFactorOf, HashFilter, hashOf } from "./hash_filter.ts";
import { unescapedReadings } from "./readings.ts";

/** Shorter secrets, and shorter beginnings of secrets before a cut, may stand in a text by chance. */
export const SHORTEST_SECRET = 4;

/** Shorter parts of secrets may stand in a text by chance. */
export const SHORTEST_PART = 8;

/** The beginning of a secret by which it is found as a whole; the rest is found by its parts. */
const LONGEST_WHOLE = 64;

/** Texts of more characters are documents with secrets in them rather than passwords. */
const LONGEST_PASSWORD = 200;

/** A part that was found: code units of a reading. */
interface Run {
  readonly start: number;
  end: number;
  /** True if the part stands in long documents only. */
  long: boolean;
}

/** A search for whole secrets at one place. */
interface WholeSearch {
  readonly start: number;
  /** True if the text is as written. */
  readonly isPlain: boolean;
  readonly found: (place: Place) => void;
}

/** All secrets, cut into pieces. */
export class SecretIndex {
  /** Every eight characters in a row; true if they stand in long documents only. */
  readonly #parts = new Map<string, boolean>();
  /** Whole secrets by their first four characters. */
  readonly #wholes = new Map<string, string[]>();
  /** Beginnings and ends of four to seven characters, which count beside the mark of a cut only. */
  readonly #heads = new Set<string>();
  readonly #tails = new Set<string>();
  readonly #words = new Set<string>();
  readonly #filter = new HashFilter();

  /** Tells if there are no secrets. */
  get isEmpty(): boolean {
    return this.#wholes.size === 0;
  }

  /** Adds a secret. */
  add(value: string): void {
    const long = value.length > LONGEST_PASSWORD;
    for (const spelling of spellingsOf(value)) {
      if (spelling.length >= SHORTEST_SECRET) this.#addSpelling(spelling, long);
    }
  }

  #addSpelling(spelling: string, long: boolean): void {
    const start = spelling.slice(0, SHORTEST_SECRET);
    const whole = spelling.slice(0, LONGEST_WHOLE);
    const wholes = this.#wholes.get(start);
    if (wholes === undefined) this.#wholes.set(start, [whole]);
    else if (!wholes.includes(whole)) wholes.push(whole);
    this.#filter.add(hashOf(start));
    for (let length = SHORTEST_SECRET; length < Math.min(SHORTEST_PART, spelling.length); length++) {
      this.#heads.add(spelling.slice(0, length));
      this.#tails.add(spelling.slice(-length));
    }
    if (spelling.length <= SHORTEST_PART) return;
    for (const word of wordsOf(spelling)) this.#words.add(word);
    const isUnremarkable = unremarkablePlaces(spelling, SHORTEST_PART);
    for (let at = 0; at + SHORTEST_PART <= spelling.length; at++) {
      if (isUnremarkable(at)) continue;
      const part = spelling.slice(at, at + SHORTEST_PART);
      this.#parts.set(part, long && (this.#parts.get(part) ?? true));
      this.#filter.add(hashOf(part));
    }
  }

  /**
   * Finds every secret, and every part of eight characters or more that is not ordinary text.
   *
   * @param original The text as written, to which the reading leads
   * @param found Called with the place of each in the reading
   */
  search(reading: Reading, original: string, found: (place: Place) => void): void {
    const text = fold(reading.text);
    let run: Run | undefined;
    const close = (): void => {
      if (run !== undefined && !isOrdinary({ ...run, reading, original, words: this.#words })) {
        found(run);
      }
    };
    const leave = hashFactorOf(SHORTEST_PART);
    const leaveStart = hashFactorOf(SHORTEST_SECRET);
    let [hash, startHash] = [0, 0];
    for (let end = 1; end <= text.length; end++) {
      const unit = text.charCodeAt(end - 1);
      hash = Math.imul(hash, FACTOR) + unit | 0;
      startHash = Math.imul(startHash, FACTOR) + unit | 0;
      if (end > SHORTEST_PART) hash = hash - Math.imul(leave, text.charCodeAt(end - 1 - SHORTEST_PART)) | 0;
      if (end > SHORTEST_SECRET) {
        startHash = startHash - Math.imul(leaveStart, text.charCodeAt(end - 1 - SHORTEST_SECRET)) | 0;
      }
      if (this.#filter.has(startHash)) {
        this.#findWhole(text, { start: end - SHORTEST_SECRET, isPlain: reading.text === original, found });
      }
      if (!this.#filter.has(hash) || end < SHORTEST_PART) continue;
      const start = end - SHORTEST_PART;
      const long = this.#parts.get(text.slice(start, end));
      if (long === undefined) continue;
      if (run !== undefined && start < run.end) {
        run.end = end;
        run.long &&= long;
      } else {
        close();
        run = { start, end, long };
      }
    }
    close();
    this.#findCut(text, found);
  }

  #findWhole(text: string, { start, isPlain, found }: WholeSearch): void {
    for (const whole of this.#wholes.get(text.slice(start, start + SHORTEST_SECRET)) ?? []) {
      if (!text.startsWith(whole, start)) continue;
      const end = start + whole.length;
      const isLong = whole.length >= SHORTEST_PART;
      if (isLong || !isPlain || !isInFigure(text, { start, end })) found({ start, end });
    }
  }

  /** Finds the beginning of a secret before the mark of a cut, and the end of one after it. */
  #findCut(text: string, found: (place: Place) => void): void {
    for (let cut = text.indexOf(CUT); cut !== -1; cut = text.indexOf(CUT, cut + 1)) {
      for (let length = SHORTEST_SECRET; length < SHORTEST_PART; length++) {
        if (length <= cut && this.#heads.has(text.slice(cut - length, cut))) {
          found({ start: cut - length, end: cut });
        }
        if (this.#tails.has(text.slice(cut + 1, cut + 1 + length))) {
          found({ start: cut + 1, end: cut + 1 + length });
        }
      }
    }
  }
}

/**
 * Changes a text to one case, character by character, and everything that may stand for a space to one: a plus sign in a
 * form, a line break in a text that became one line.
 */
function fold(text: string): string {
  const lower = text.toLowerCase();
  const folded = lower.length === text.length ? lower : Array.from({ length: text.length }, (_, at) => {
    const unit = text[at]!.toLowerCase();
    return unit.length === 1 ? unit : text[at]!;
  }).join("");
  // The case of a Greek sigma depends on its neighbours.
  return folded.replace(/[+\s]/g, " ").replaceAll("ς", "σ");
}

/** Gives the ways in which the characters of a secret may be written before anything is escaped. */
function spellingsOf(value: string): Set<string> {
  const changed = [
    value,
    value.trim(),
    value.replace(/\s+/g, " "),
    // A URL has no tabs and line breaks, and a slash for a backslash.
    value.replace(/[\t\r\n]/g, ""),
    value.replace(/[\t\r\n]/g, "").replaceAll("\\", "/"),
    value.toUpperCase(),
    value.toLowerCase(),
    value.normalize("NFC"),
    value.normalize("NFD"),
    hostOf(value),
  ];
  return new Set(
    changed.flatMap((it) => [...unescapedReadings(plainReading(it))].map(({ text }) => fold(text))),
  );
}

/** Writes a secret that is part of a host name as a URL writes it. */
function hostOf(value: string): string {
  if (/[\s/\\?#@:]/.test(value)) return value;
  try {
    return new URL(`http://${value}/`).hostname;
  } catch {
    return value;
  }
}
