/**
 * The progress of a run whose steps are counted.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import type { CommandIo } from "../io.ts";
import { type Progress, ProgressLine } from "./progress_line.ts";
import { formatLeft } from "./progress_text.ts";

/** Milliseconds after which a run is long enough for progress. */
const LONG = 2_000;

/** Options of {@linkcode CountedProgress}. */
export interface CountedProgressOptions {
  /** Number of steps. */
  readonly total: number;
  /** Name of one step: `request`. */
  readonly noun: string;
  /** The steps follow one another, so those that are done tell the time of the others. @default {false} */
  readonly oneByOne?: boolean | undefined;
  /** A single step is worth a line too: it may last long itself, or the run goes on after it. @default {false} */
  readonly lasting?: boolean | undefined;
  /** Shows nothing. @default {false} */
  readonly quiet?: boolean | undefined;
}

/** Counts the steps of a run, and shows them on the terminal once the run takes long. */
export class CountedProgress implements Progress, AsyncDisposable {
  readonly #options: CountedProgressOptions;
  readonly #io: Pick<CommandIo, "now">;
  readonly #line: ProgressLine | undefined;
  readonly #startedAt: number;
  #done = 0;
  #rest: string | undefined;
  #lastAt: number;
  #stopped = 0;

  constructor(io: Pick<CommandIo, "now" | "status">, options: CountedProgressOptions) {
    this.#io = io;
    this.#options = options;
    this.#startedAt = io.now();
    this.#lastAt = this.#startedAt;
    const { total, lasting = false, quiet = false } = options;
    if ((total > 1 || lasting) && !quiet && io.status.isShown) this.#line = new ProgressLine(io.status, this);
  }

  /** Counts a step that has ended. */
  take(): void {
    this.#done++;
    this.#lastAt = this.#now();
  }

  /** Says what the run does after its last step. */
  goOn(rest: string): void {
    this.#rest = rest;
  }

  /** Leaves out the milliseconds for which the process was stopped. */
  skip(ms: number): void {
    this.#stopped += ms;
  }

  /** Formats the count, and the time that is left. Gives no text while the run is short. */
  format(): string[] {
    const { total, noun } = this.#options;
    if (this.#now() - this.#startedAt < LONG) return [];
    if (total === 1 && this.#done === 0) {
      const waited = formatDuration(Math.floor((this.#now() - this.#startedAt) / 1000) * 1000);
      return [`waiting for the ${noun}, ${waited}`];
    }
    const done = `${formatCount(this.#done)} of ${formatQuantity(total, noun)} done`;
    const rest = this.#rest === undefined ? formatLeft(this.#left) : [this.#rest];
    return [[done, ...rest].join(", "), done];
  }

  /** Erases the line. */
  async end(): Promise<void> {
    await this.#line?.end();
  }

  /** Does the same as {@linkcode CountedProgress.end}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.end();
  }

  #now(): number {
    return this.#io.now() - this.#stopped;
  }

  get #left(): number | undefined {
    const { total, oneByOne = false } = this.#options;
    if (!oneByOne || this.#done === 0) return undefined;
    const each = (this.#lastAt - this.#startedAt) / this.#done;
    return each * (total - this.#done) - Math.min(each, this.#now() - this.#lastAt);
  }
}
