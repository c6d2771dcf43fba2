/**
 * Reads the rows that an interrupted run has written.
 *
 * @module
 */

import type { BatchTarget } from "./batch_target.ts";
import { type PieceDecoder, readLines } from "./read_lines.ts";
import { identify } from "./shard.ts";

/** A row holds at most a body of 10 MiB as escaped text. A longer line is not one of our rows. */
const LONGEST_ROW = 2 ** 27;

/** The verdict of a row on its target: `unmeasured` if a local fault prevented the measurement. */
const VERDICTS = ["failed", "unmeasured", "ok"] as const;
type Verdict = typeof VERDICTS[number];

/** Counts rows by their verdict. */
export type VerdictCounts = { readonly [verdict in Verdict]: number };

/**
 * Counts the rows of each input, so that a new run skips the input that often. If several lines are equal, it does not
 * matter which of them a row belongs to.
 */
export class DoneRows {
  readonly #counts: { readonly [verdict in Verdict]: Map<string, number> } = {
    failed: new Map(),
    unmeasured: new Map(),
    ok: new Map(),
  };
  readonly #taken = { failed: 0, unmeasured: 0, ok: 0 };
  #rows = 0;

  /** Number of rows that were read. */
  get rows(): number {
    return this.#rows;
  }

  /** Rows that {@linkcode take} has used up. */
  get taken(): VerdictCounts {
    return this.#taken;
  }

  /** Number of rows that {@linkcode take} has used up. */
  get passedOver(): number {
    const { failed, unmeasured, ok } = this.#taken;
    return failed + unmeasured + ok;
  }

  /**
   * Adds a row as it stands in the output; a line that is not a JSON row is skipped.
   *
   * @returns True if the line was a row
   */
  add(line: string): boolean {
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      // Another program wrote the line, or a crash tore it.
      return false;
    }
    const { schema, kind, input, id, address, ok, error } = (row ?? {}) as Record<string, unknown>;
    // Other programs also write lines with an `input`, and a summary of a series has one.
    if (typeof schema !== "number" || typeof input !== "string" || kind === "summary") return false;
    const key = identify({
      url: input,
      id: typeof id === "string" ? id : undefined,
      address: typeof address === "string" ? address : undefined,
    });
    const counts = this.#counts[verdictOf(ok, error)];
    counts.set(key, (counts.get(key) ?? 0) + 1);
    this.#rows++;
    return true;
  }

  /** Uses up one row of a target. Returns false if no row of an equal target is left. */
  take(target: Pick<BatchTarget, "url" | "id" | "address">): boolean {
    const key = identify(target);
    for (const verdict of VERDICTS) {
      const counts = this.#counts[verdict];
      const count = counts.get(key);
      if (count === undefined) continue;
      if (count === 1) counts.delete(key);
      else counts.set(key, count - 1);
      this.#taken[verdict]++;
      return true;
    }
    return false;
  }
}

function verdictOf(ok: unknown, error: unknown): Verdict {
  if (ok === true) return "ok";
  return (error as { by?: unknown } | null | undefined)?.by === "local" ? "unmeasured" : "failed";
}

/** The rows of an earlier run, and the state of their file. */
export interface EarlierRows {
  readonly done: DoneRows;
  /** Number of lines that are not rows. */
  readonly unreadable: number;
  /** Bytes up to the last LF; anything after it is torn. */
  readonly wholeOctets: number;
  /** The file is not from an earlier run: it starts with neither a row nor the beginning of one. */
  readonly foreign: boolean;
}

/** The beginning that every row has. */
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
  // Without a final LF the last line counts as torn, even if it happens to be complete JSON.
  const torn = wholeOctets < octets;
  if (!torn && last.trim() !== "" && !done.add(last)) unreadable++;
  const tornRow = !torn || BEGINNING.startsWith(last.slice(0, BEGINNING.length));
  return { done, unreadable, wholeOctets, foreign: done.rows === 0 && (unreadable > 0 || !tornRow) };
}

/** A row that was torn in the middle of a character is treated like any other torn row. */
function anyUtf8(): PieceDecoder {
  const decoder = new TextDecoder();
  return { receive: (octets) => decoder.decode(octets, { stream: true }), end: () => decoder.decode() };
}
