/**
 * Takes care of the file of a history while a watch goes on.
 *
 * @module
 */

import type { History } from "./history.ts";
import { HistoryError } from "./history_error.ts";

/** Milliseconds between two looks at the file. */
const LOOK_INTERVAL = 1000;

/** Milliseconds between two searches for runs that are too old. */
const SWEEP_INTERVAL = 3_600_000;

/**
 * Removes runs and changes that are too old.
 *
 * @param keep Milliseconds that a history goes back; 0 keeps everything
 * @throws {HistoryError} If the history cannot be written
 */
export function forgetOld(history: Pick<History, "forgetBefore">, keep: number): void {
  if (keep > 0) history.forgetBefore(Date.now() - keep);
}

/** Options of a {@linkcode HistoryKeeper}. */
export interface HistoryKeeperOptions {
  /** Milliseconds that the history goes back; 0 keeps everything. */
  readonly keep: number;
  /** Called once if the file was removed or replaced: what is written from then on is lost without an error. */
  readonly onGone: (error: HistoryError) => void;
  /** Called if old runs could not be removed. The next attempt follows in an hour. */
  readonly onProblem: (error: HistoryError) => void;
}

/** Removes old runs every hour, and notices if the file of the history is removed or replaced. */
export class HistoryKeeper implements Disposable {
  readonly #history: History;
  readonly #options: HistoryKeeperOptions;
  readonly #inode: number | null | undefined;
  readonly #look: ReturnType<typeof setInterval>;
  readonly #sweep: ReturnType<typeof setInterval>;

  constructor(history: History, options: HistoryKeeperOptions) {
    this.#history = history;
    this.#options = options;
    this.#inode = history.inMemory ? null : inodeOf(history.path);
    this.#look = setInterval(() => this.#lookForFile(), LOOK_INTERVAL);
    this.#sweep = setInterval(() => this.#removeOld(), SWEEP_INTERVAL);
  }

  #lookForFile(): void {
    const { path } = this.#history;
    if (this.#inode === null || inodeOf(path) === this.#inode) return;
    clearInterval(this.#look);
    this.#options.onGone(
      new HistoryError(`Cannot continue the history ${path}: its file was removed or replaced`),
    );
  }

  #removeOld(): void {
    try {
      forgetOld(this.#history, this.#options.keep);
    } catch (error) {
      if (!(error instanceof HistoryError)) throw error;
      this.#options.onProblem(error);
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#look);
    clearInterval(this.#sweep);
  }
}

/** Reads the number of a file: `undefined` if there is no such file, `null` where files have no numbers. */
function inodeOf(path: string): number | null | undefined {
  try {
    return Deno.statSync(path).ino;
  } catch {
    return undefined; // The file or its folder was removed.
  }
}
