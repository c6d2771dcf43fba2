/**
 * A line of the terminal that is rewritten during a run.
 *
 * @module
 */

import { columnsOf, fitColumns } from "../../text/columns.ts";
import { escapeText } from "../../text/escape/text.ts";
import type { Output } from "./output.ts";

/** Returns to the first column and erases the line (ECMA-48 §8.3.41). */
const CLEAR = "\r\x1b[K";

/**
 * One line on a terminal that shows the progress of a run. It writes nothing to pipes and logs.
 */
export class StatusLine implements AsyncDisposable {
  readonly #output: Output;
  readonly #width: number;
  #shown = "";

  /**
   * @param output The terminal, usually stderr.
   * @param width Columns of the terminal.
   */
  constructor(output: Output, width: number) {
    this.#output = output;
    this.#width = width;
  }

  /** Replaces the line. Escapes control characters and cuts a line that is too long. */
  async show(text: string): Promise<void> {
    const line = cutToWidth(escapeText(text), this.#width - 1);
    if (!this.#output.terminal || line === this.#shown) return;
    this.#shown = line;
    await this.#output.write(CLEAR + line);
  }

  /** Erases the line. Call it before any other output to the terminal, and at the end. */
  async clear(): Promise<void> {
    if (this.#shown === "") return;
    this.#shown = "";
    await this.#output.write(CLEAR);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.clear();
  }
}

/** Cuts a text and leaves the last column free, since a terminal wraps when it is filled. */
function cutToWidth(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  return `${text.slice(0, fitColumns(text, 0, width - 1))}…`;
}
