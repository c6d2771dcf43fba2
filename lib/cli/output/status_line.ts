/**
 * A line of the terminal that is rewritten during a run.
 *
 * @module
 */

import { columnsOf, fitColumns } from "../../text/columns.ts";
import { escapeText } from "../../text/escape/text.ts";
import type { Output } from "./output.ts";

/** Returns to the first column and erases the line (ECMA-48 §8.3.41). */
const ERASE = "\r\x1b[K";
/**
 * Erases everything below the line, and returns to it. A terminal that became narrower has wrapped the line, so its pieces
 * lie there. tmux would keep them if they were erased from the upper left corner.
 */
const ERASE_BELOW = "\x1b7\x1b[B\x1b[J\x1b8";
/** Erases the line and whatever the terminal has wrapped: it may have become narrower before it tells its new width. */
export const ERASE_ALL: string = ERASE + ERASE_BELOW;
/**
 * Writes the line without wrapping it (DECAWM off, then on): a terminal that became narrower a moment ago may still tell its old
 * width. Leaves the cursor in front of the line: wherever a resized terminal wraps it, the cursor stays with its beginning.
 */
const unwrapped = (line: string): string => `\x1b[?7l${line}\r\x1b[?7h`;

/** One line at the bottom of a terminal that shows the progress of a run. It writes nothing to pipes and logs. */
export class StatusLine implements AsyncDisposable {
  readonly #output: Output;
  readonly #columns: () => number;
  #texts: readonly string[] = [];
  #drawn = "";
  /** Columns of the terminal when the line was drawn. */
  #drawnColumns = 0;
  /** Other text has left the cursor within a line. */
  #withinLine = false;
  /** Settles once every text so far is written; `undefined` if none is under way. */
  #last: Promise<void> | undefined;

  /**
   * @param output The terminal, usually stderr.
   * @param columns Gives the columns that the terminal has at the moment.
   */
  constructor(output: Output, columns: () => number) {
    this.#output = output;
    this.#columns = columns;
  }

  /** True if there is a terminal that shows the line. */
  get isShown(): boolean {
    return this.#output.terminal;
  }

  /**
   * Replaces the line. Escapes control characters.
   *
   * @param texts The same in fewer and fewer columns: the first one that fits is shown. The last one is cut if need be.
   */
  show(...texts: readonly string[]): Promise<void> {
    if (!this.#output.terminal) return Promise.resolve();
    this.#texts = texts.map(escapeText);
    return this.#inTurn(() => this.#draw());
  }

  /** Erases the line, at the end of a run. */
  clear(): Promise<void> {
    this.#texts = [];
    return this.#inTurn(() => this.#erase());
  }

  /** Draws the line once more, after the terminal was resized or another program wrote to it. */
  redraw(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#erase();
      await this.#draw();
    });
  }

  /** Gives an output for the same terminal. Its text appears above the line. */
  above(output: Output): Output {
    if (!output.terminal || !this.#output.terminal) return output;
    return {
      terminal: output.terminal,
      get broken(): boolean {
        return output.broken;
      },
      write: (text) => this.#writeAbove(output, text),
    };
  }

  #writeAbove(output: Output, text: string): Promise<void> {
    if (text === "") return Promise.resolve();
    if (this.#texts.length === 0 && this.#last === undefined) {
      this.#withinLine = !text.endsWith("\n");
      return output.write(text);
    }
    return this.#inTurn(async () => {
      await this.#erase();
      await output.write(text);
      this.#withinLine = !text.endsWith("\n");
      await this.#draw();
    });
  }

  async #draw(): Promise<void> {
    const columns = this.#columns();
    // The last column stays free, since a terminal wraps when it is filled.
    const width = columns - 1;
    const line = this.#texts.find((text) => columnsOf(text) <= width) ?? cut(this.#texts.at(-1) ?? "", width);
    if (line === "" || line === this.#drawn || this.#withinLine) return;
    const isWrapped = this.#drawn !== "" && columns < this.#drawnColumns;
    this.#drawn = line;
    this.#drawnColumns = columns;
    await this.#output.write((isWrapped ? ERASE_ALL : ERASE) + unwrapped(line));
  }

  async #erase(): Promise<void> {
    if (this.#drawn === "") return;
    this.#drawn = "";
    await this.#output.write(ERASE_ALL);
  }

  /** Writes the texts one after the other: two streams that end at one terminal do not keep their order by themselves. */
  #inTurn(write: () => Promise<void>): Promise<void> {
    const turn = (this.#last ?? Promise.resolve()).then(write);
    // The caller of the failed write gets the error; later writes still have their turn.
    const settled = turn.catch(() => {}).then(() => {
      if (this.#last === settled) this.#last = undefined;
    });
    this.#last = settled;
    return turn;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.clear();
  }
}

function cut(text: string, width: number): string {
  return text === "" ? "" : `${text.slice(0, fitColumns(text, 0, width - 1))}…`;
}
