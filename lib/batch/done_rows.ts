/**
 * What a run that was interrupted has done already.
 *
 * @module
 */

import type { BatchTarget } from "./batch_target.ts";
import { type PieceDecoder, readLines } from "./lines.ts";
import { identify } from "./shard.ts";

/** A row holds at most a body of 10 MiB as text, escaped; anything longer was not written here. */
const LONGEST_ROW = 2 ** 27;

/**
 * Counts the rows of each input, so that as many of it are passed over: which of several equal lines a row belongs
 * to makes no difference.
 */
export class DoneRows {
  readonly #counts = new Map<string, number>();
  #rows = 0;

  /** Rows that were read. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * Takes a row as it stands in the output; a line that is no row of JSON is passed over.
   *
   * @returns Whether it was a row
   */
  add(line: string): boolean {
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      // Not written by us, or torn by a machine that went down.
      return false;
    }
    const { schema, input, id, address } = (row ?? {}) as Record<string, unknown>;
    // Other programs write lines with an `input` too.
    if (typeof schema !== "number" || typeof input !== "string") return false;
    const key = identify({
      url: input,
      ...(typeof id === "string" && { id }),
      ...(typeof address === "string" && { address }),
    });
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#rows++;
    return true;
  }

  /** Whether a target has a row that no equal target was passed over for yet; it is then used up. */
  take(target: Pick<BatchTarget, "url" | "id" | "address">): boolean {
    const key = identify(target);
    const count = this.#counts.get(key);
    if (count === undefined) return false;
    if (count === 1) this.#counts.delete(key);
    else this.#counts.set(key, count - 1);
    return true;
  }
}

/** What a file with the rows of an earlier run has. */
export interface EarlierRows {
  readonly done: DoneRows;
  /** Lines that are no rows. */
  readonly unreadable: number;
  /** Octets up to the last LF: what stands behind it is torn. */
  readonly wholeOctets: number;
  /** There is something, but neither a row nor the beginning of one: the file is not of an earlier run. */
  readonly foreign: boolean;
}

/** How each row begins. */
const BEGINNING = '{"schema":';

/** Reads the rows of an earlier run from NDJSON. */
export async function readDoneRows(pieces: AsyncIterable<Uint8Array>): Promise<EarlierRows> {
  const done = new DoneRows();
  let [octets, wholeOctets, unreadable] = [0, 0, 0];
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      const end = piece.lastIndexOf(0x0a);
      if (end !== -1) wholeOctets = octets + end + 1;
      octets += piece.length;
      yield piece;
    }
  };
  let last = "";
  for await (const lines of readLines(counted(), LONGEST_ROW, { decoder: anyUtf8() })) {
    for (const { text } of lines) {
      if (last.trim() !== "" && !done.add(last)) unreadable++;
      last = text;
    }
  }
  // Without LF at its end the last line was torn, even where it happens to be whole JSON.
  const torn = wholeOctets < octets;
  if (!torn && last.trim() !== "" && !done.add(last)) unreadable++;
  const tornRow = !torn || BEGINNING.startsWith(last.slice(0, BEGINNING.length));
  return { done, unreadable, wholeOctets, foreign: done.rows === 0 && (unreadable > 0 || !tornRow) };
}

/** A row that was torn in the middle of a character is a torn row as any other. */
function anyUtf8(): PieceDecoder {
  const decoder = new TextDecoder();
  return { receive: (octets) => decoder.decode(octets, { stream: true }), end: () => decoder.decode() };
}
