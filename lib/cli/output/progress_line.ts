/**
 * Keeps the progress of a run up to date.
 *
 * @module
 */

import type { StatusLine } from "./status_line.ts";

/** Milliseconds between two updates. */
const UPDATE = 200;

/** A process that did not run for this many milliseconds before it continues was stopped. */
const STOPPED = 1_000;

/** The text of a {@linkcode ProgressLine}. */
export interface Progress {
  /** Gives the line, and the same in fewer columns: the first that fits is shown. */
  format(): readonly string[];
  /** Called with the milliseconds for which the user had stopped the process. */
  skip?(ms: number): void;
}

/** The line that shows the progress of a run. It follows a resized terminal, and a process that was stopped (Ctrl-Z). */
export class ProgressLine implements AsyncDisposable {
  readonly #status: StatusLine;
  readonly #progress: Progress;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #signals: readonly [Deno.Signal, () => void][];
  #updatedAt = performance.now();
  /** Milliseconds between the last two updates. */
  #pause = 0;
  #drawing: Promise<void> | undefined;

  constructor(status: StatusLine, progress: Progress) {
    this.#status = status;
    this.#progress = progress;
    this.#signals = Deno.build.os === "windows"
      ? []
      : [["SIGWINCH", () => this.#drawAnew()], ["SIGCONT", () => this.#goOn()]];
    for (const [signal, listener] of this.#signals) Deno.addSignalListener(signal, listener);
    this.#timer = setInterval(() => this.update(), UPDATE);
    this.update();
  }

  /** True if there is a terminal that shows the line. */
  get isShown(): boolean {
    return this.#status.isShown;
  }

  /** Shows the progress now. */
  update(): void {
    const now = performance.now();
    this.#pause = now - this.#updatedAt;
    this.#updatedAt = now;
    const texts = this.#progress.format();
    // A slow terminal gets the next update once it has taken the last one.
    if (this.#drawing === undefined) this.#draw(this.#status.show(...texts));
  }

  #goOn(): void {
    // The timer may have fired before this signal arrived.
    const stopped = Math.max(this.#pause, performance.now() - this.#updatedAt);
    if (stopped >= STOPPED) this.#progress.skip?.(stopped);
    this.#pause = 0;
    this.#drawAnew();
  }

  #drawAnew(): void {
    // The line may depend on the width, and on the time for which the process was stopped.
    void this.#status.show(...this.#progress.format()).catch(() => {});
    this.#draw(this.#status.redraw());
  }

  #draw(drawn: Promise<void>): void {
    // If the terminal is gone, the run goes on, and the results report the fault.
    const drawing = drawn.catch(() => {}).then(() => {
      if (this.#drawing === drawing) this.#drawing = undefined;
    });
    this.#drawing = drawing;
  }

  /** Erases the line. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    for (const [signal, listener] of this.#signals) Deno.removeSignalListener(signal, listener);
    await this.#drawing;
    // If the terminal is gone, there is no line to erase.
    await this.#status.clear().catch(() => {});
  }

  /** Does the same as {@linkcode ProgressLine.end}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.end();
  }
}
