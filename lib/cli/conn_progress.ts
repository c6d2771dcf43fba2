/**
 * Says on stderr how far a profile has come.
 *
 * @module
 */

import type { ProfileProgress } from "../conn/options.ts";
import { formatDuration } from "../units.ts";
import type { CommandIo } from "./io.ts";
import { StatusLine } from "./output/status_line.ts";

/** Milliseconds between two looks at the clock. */
const TICK = 250;
/** An experiment that may take so many milliseconds is worth a word at once. */
const LONG = 8_000;

/** A line on the terminal with the experiments that are running; where there is none, one note on what takes long. */
export class ConnProgress implements AsyncDisposable {
  readonly #io: CommandIo;
  readonly #quiet: boolean;
  readonly #status: StatusLine;
  readonly #running = new Map<string, number>();
  readonly #timer: ReturnType<typeof setInterval>;
  #last: Promise<void> = Promise.resolve();

  constructor(io: CommandIo, quiet: boolean) {
    this.#io = io;
    this.#quiet = quiet;
    this.#status = new StatusLine(io.stderr, io.width);
    this.#timer = setInterval(() => this.#show(), TICK);
  }

  /** Takes what happens to an experiment. */
  readonly take = ({ experiment, state, atMost }: ProfileProgress): void => {
    if (this.#quiet) return;
    if (state === "done") this.#running.delete(experiment);
    else {
      this.#running.set(experiment, this.#io.now() + atMost);
      if (experiment === "idle-timeout" && atMost > LONG) this.#announce(experiment, atMost);
    }
    this.#show();
  };

  /** Takes the line away. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#last;
    await this.#status.clear();
  }

  /** The same as {@linkcode ConnProgress.end}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.end();
  }

  #announce(experiment: string, atMost: number): void {
    const note = `sonde: ${experiment} may take ${
      formatDuration(atMost)
    } (--idle-limit shortens it, --skip ${experiment} leaves it out)\n`;
    this.#then(() => this.#io.stderr.write(note));
  }

  #show(): void {
    if (this.#quiet || this.#running.size === 0) return;
    const now = this.#io.now();
    const text = [...this.#running].map(([name, due]) =>
      due - now > LONG / 4 ? `${name} (up to ${Math.ceil((due - now) / 1000)} s more)` : name
    ).join(", ");
    this.#then(() => this.#status.show(`running: ${text}`));
  }

  /** One after the other: a note between two halves of a line would tear it. */
  #then(write: () => Promise<void>): void {
    this.#last = this.#last.then(write);
  }
}
