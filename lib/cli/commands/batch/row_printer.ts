/**
 * The output of a batch: rows, progress, notes and the summary.
 *
 * @module
 */

import { formatNote } from "../../output/note.ts";
import { BatchTally } from "../../../report/summary/batch_summary.ts";
import { type BatchSummaryOptions, formatBatchSummary } from "../../../report/summary/batch_summary_text.ts";
import type { ProbeResult } from "../../../result.ts";
import type { ExitTally } from "../../exit_code.ts";
import type { BatchFlags } from "./flags.ts";
import type { CommandIo } from "../../io.ts";
import type { Output } from "../../output/output.ts";
import { isSilent } from "../../output/silent.ts";
import { type Progress, ProgressLine } from "../../output/progress_line.ts";
import type { Formatter } from "../../../report/formatter.ts";

/** The progress of a run that prints rows. */
export interface RowProgress extends Progress {
  /** Counts a row. */
  take(row: ProbeResult): void;
}

/** Tells whether the progress is shown. */
export function showsProgress(
  { quiet, progress }: Pick<BatchFlags, "quiet" | "progress">,
  { stderr }: Pick<CommandIo, "stderr">,
): boolean {
  return stderr.terminal && progress === "auto" && !quiet;
}

/** The parts that a {@linkcode RowPrinter} uses. */
export interface RowPrinterParts {
  readonly flags:
    & Pick<BatchFlags, "quiet" | "only" | "progress" | "output">
    & Partial<Pick<BatchFlags, "resume">>;
  readonly view: Formatter;
  /** The destination of the rows. */
  readonly output: Output;
  readonly io: CommandIo;
  readonly tally: ExitTally;
  /** Counts the rows, and formats the progress line. */
  readonly progress: RowProgress;
  /** The rows come from a file, so the time that this run takes is not that of the probes. @default false */
  readonly saved?: boolean | undefined;
}

/**
 * Number of buffered characters that triggers a write: many rows with content would not fit in one string.
 */
const PORTION = 1 << 20;

/** Prints rows as they arrive, in whole lines, and everything else on stderr. */
export class RowPrinter implements AsyncDisposable {
  readonly #parts: RowPrinterParts;
  readonly #rows = new BatchTally();
  readonly #startedAt: number;
  readonly #line: ProgressLine | undefined;
  /** True if rows are only counted, not printed. */
  readonly #silent: boolean;
  #header: string;
  #notes: string[] = [];

  constructor(parts: RowPrinterParts) {
    const { flags, view, io } = parts;
    this.#parts = parts;
    this.#silent = isSilent(flags);
    this.#header = this.#silent ? "" : view.begin();
    this.#startedAt = io.now();
    if (showsProgress(flags, io)) this.#line = new ProgressLine(io.status, parts.progress);
  }

  /** Prints a note on stderr together with the next rows. */
  note(text: string): void {
    if (!this.#parts.flags.quiet) this.#notes.push(formatNote(text, this.#parts.io));
  }

  /** Counts and prints rows; settles once they are written. */
  async take(rows: readonly ProbeResult[]): Promise<void> {
    const { flags: { only }, view, tally } = this.#parts;
    let text = "";
    for (const row of rows) {
      tally.add(row);
      this.#rows.add(row);
      this.#parts.progress.take(row);
      // A format with exit codes of its own needs every row, even one that is not shown.
      const wanted = only === undefined || (only === "ok") === row.ok;
      if (!wanted) view.count?.(row);
      const shown = wanted && (!this.#silent || view.code !== undefined) ? view.row(row) : "";
      if (!this.#silent) text += shown;
      if (text.length < PORTION) continue;
      await this.#print(text);
      text = "";
    }
    await this.#print(text);
  }

  /**
   * Prints the summary.
   *
   * @param options `earlier` counts the rows of an earlier run for targets of the list; `interrupted` tells how far a run
   * came that the user ended.
   */
  async end(options: Pick<BatchSummaryOptions, "earlier" | "interrupted"> = {}): Promise<void> {
    const { flags: { quiet }, view, io, saved = false } = this.#parts;
    await this.#line?.end();
    await this.#print("");
    for (const piece of this.#silent ? [] : view.endInPieces?.() ?? [view.end()]) {
      if (!this.#parts.output.broken) await this.#print(piece);
    }
    if (quiet) return;
    const look = {
      elapsed: saved ? undefined : io.now() - this.#startedAt,
      paint: await io.paintFor(io.stderr),
      width: io.widthOf(io.stderr),
    };
    await io.stderr.write(`${formatBatchSummary(this.#rows.summary(), { ...look, ...options })}\n`);
  }

  async #print(rows: string): Promise<void> {
    const { output, io } = this.#parts;
    const text = this.#header + rows;
    this.#header = "";
    const notes = this.#notes.splice(0).join("");
    if (notes !== "") await io.stderr.write(notes);
    if (text !== "") await output.write(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#line?.end();
  }
}
