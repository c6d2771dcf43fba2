/**
 * A line of the terminal that is written over again and again.
 *
 * @module
 */

import { columnsOf, fitColumns } from "../../text/columns.ts";
import { escapeText } from "../../text/escape/text.ts";
import type { Output } from "./output.ts";

/** Back to the first column and away with what stands on the line (ECMA-48 §8.3.41). */
const CLEAR = "\r\x1b[K";

/**
 * One line on a terminal that shows how far a run has come and is written over again and again. Where the output is no
 * terminal nothing is written, so that no pipe or log fills with progress.
 */
export class StatusLine implements AsyncDisposable {
  readonly #output: Output;
  readonly #width: number;
  #shown = "";

  /**
   * @param output Where people look: stderr.
   * @param width Columns of the terminal.
   */
  constructor(output: Output, width: number) {
    this.#output = output;
    this.#width = width;
  }

  /** Replaces the line. Control characters are escaped; what does not fit on the line is cut. */
  async show(text: string): Promise<void> {
    const line = cutToWidth(escapeText(text), this.#width - 1);
    if (!this.#output.terminal || line === this.#shown) return;
    this.#shown = line;
    await this.#output.write(CLEAR + line);
  }

  /** Takes the line away: before anything else is written to the terminal, and at the end. */
  async clear(): Promise<void> {
    if (this.#shown === "") return;
    this.#shown = "";
    await this.#output.write(CLEAR);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.clear();
  }
}

/** The last column stays free: a terminal would wrap when it is filled. */
function cutToWidth(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  return `${text.slice(0, fitColumns(text, 0, width - 1))}…`;
}
