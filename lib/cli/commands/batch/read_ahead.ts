/**
 * Reads a list ahead of the run, so that its targets can be counted.
 *
 * @module
 */

import { countTargets } from "../../../batch/count_targets.ts";
import type { ReadTargetsOptions } from "../../../batch/read_targets.ts";

/** Octets that are kept in memory for the run: a list of several hundred thousand hosts. */
const MOST_KEPT = 8 * 1024 * 1024;

/** A list that is read ahead of its reader. */
export class ReadAhead {
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #options: ReadTargetsOptions;
  readonly #pieces: Uint8Array[] = [];
  #kept = 0;
  #wakeReader: () => void = () => {};
  #wakeSource: () => void = () => {};
  #end: { readonly error?: unknown } | undefined;
  #closed = false;

  /** Targets that were counted so far. */
  targets = 0;
  /** Octets in which they were counted. */
  octets = 0;
  /** True once all targets are counted. */
  isCounted = false;

  constructor(source: AsyncIterable<Uint8Array>, options: ReadTargetsOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** Reads and counts until the list ends; waits while too much of it is in memory. */
  async count(): Promise<void> {
    try {
      for await (const targets of countTargets(this.#read(), this.#options)) this.targets += targets;
    } catch {
      // The reader of the pieces meets the same fault, and reports it.
    } finally {
      this.isCounted = !this.#closed;
      this.#end ??= {};
      this.#wakeReader();
    }
  }

  /** Gives the pieces of the list. */
  async *pieces(): AsyncGenerator<Uint8Array, void, void> {
    while (true) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) {
        this.#kept -= piece.length;
        this.#wakeSource();
        yield piece;
      } else if (this.#end) {
        if (this.#end.error !== undefined) throw this.#end.error;
        return;
      } else {
        await new Promise<void>((resolve) => this.#wakeReader = resolve);
      }
    }
  }

  /** Stops reading. */
  close(): void {
    this.#closed = true;
    this.#wakeSource();
  }

  async *#read(): AsyncGenerator<Uint8Array, void, void> {
    try {
      for await (const piece of this.#source) {
        this.#pieces.push(piece);
        this.#kept += piece.length;
        this.octets += piece.length;
        this.#wakeReader();
        yield piece;
        while (this.#kept >= MOST_KEPT && !this.#closed) {
          await new Promise<void>((resolve) => this.#wakeSource = resolve);
        }
        if (this.#closed) return;
      }
    } catch (error) {
      this.#end = { error };
    }
  }
}
