/**
 * Reads lines of text from a stream of bytes.
 *
 * @module
 */

import { TextReader } from "../text/decode/text_reader.ts";

/** A line and its number. */
export interface Line {
  /** The text without its line end, and without a byte order mark in front. */
  readonly text: string;
  /** Number of the line, from 1. */
  readonly number: number;
  /** The line was too long; `text` is its beginning. */
  readonly cut: boolean;
}

/** Maximum code units of a line. A longer URL or JSON line means that the file is not a list of targets. */
export const LONGEST_LINE = 65_536;

/** Decodes bytes to text piece by piece. */
export interface PieceDecoder {
  /** Returns the text that is complete so far. */
  receive(octets: Uint8Array): string;
  /** Returns the text that waited for more bytes. */
  end(): string;
  /** The reason why the remaining bytes cannot be decoded. */
  readonly error?: Error | undefined;
}

/** Options of {@linkcode readLines}. */
export interface ReadLinesOptions {
  /** Decoder of the bytes. @default {new TextReader()} */
  readonly decoder?: PieceDecoder | undefined;
}

/**
 * Splits text into lines at LF or CR LF, the last one with or without an end.
 *
 * @param longest Maximum code units kept of a line
 * @returns Groups of lines, one for each piece of the stream
 * @throws {EncodingError} After all lines before the fault, if the text is neither UTF-8 nor UTF-16 with a byte order
 * mark
 */
export async function* readLines(
  pieces: AsyncIterable<Uint8Array>,
  longest: number = LONGEST_LINE,
  options: ReadLinesOptions = {},
): AsyncGenerator<Line[], void, void> {
  const { decoder = new TextReader() } = options;
  const splitter = new LineSplitter(longest);
  for await (const piece of pieces) {
    const lines = splitter.push(decoder.receive(piece));
    if (lines.length > 0) yield lines;
    if (decoder.error) throw decoder.error;
  }
  const rest = splitter.push(decoder.end());
  if (!decoder.error) rest.push(...splitter.end());
  if (rest.length > 0) yield rest;
  if (decoder.error) throw decoder.error;
}

class LineSplitter {
  readonly #longest: number;
  #rest = "";
  #cut = false;
  #number = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  push(text: string): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
      this.#keep(text.slice(start, end));
      lines.push(this.#take());
      start = end + 1;
    }
    this.#keep(text.slice(start));
    return lines;
  }

  end(): Line[] {
    return this.#rest === "" && !this.#cut ? [] : [this.#take()];
  }

  #keep(text: string): void {
    if (this.#cut) return;
    const line = this.#rest + text;
    this.#cut = line.length > this.#longest;
    this.#rest = this.#cut ? line.slice(0, this.#longest) : line;
  }

  #take(): Line {
    const text = this.#rest.endsWith("\r") ? this.#rest.slice(0, -1) : this.#rest;
    const line = { text, number: ++this.#number, cut: this.#cut };
    this.#rest = "";
    this.#cut = false;
    return line;
  }
}
