/**
 * Says on stderr how far a profile has come.
 *
 * @module
 */

import type { ProfileEstimate, ProfileProgress } from "../../../conn/options.ts";
import { formatDuration } from "../../../text/duration.ts";
import type { CommandIo } from "../../io.ts";
import { StatusLine } from "../../output/status_line.ts";

/** Milliseconds between two looks at the clock. */
const TICK = 250;
/** An experiment, or a run, that may take so many milliseconds is worth a word. */
const LONG = 8_000;
/** A run that is over within so many milliseconds needs no word. */
const SOON = 1_000;
/** An answer that takes so many milliseconds is named as what makes a run long. */
const SLOW = 500;

/** A line on the terminal with the experiments that are running; where there is none, one note on what takes long. */
export class ConnProgress implements AsyncDisposable {
  readonly #io: CommandIo;
  readonly #quiet: boolean;
  readonly #status: StatusLine;
  readonly #running = new Map<string, number>();
  readonly #timer: ReturnType<typeof setInterval>;
  #last: Promise<void> = Promise.resolve();
  #estimate: { readonly estimate: ProfileEstimate; readonly due: number; readonly from: number } | undefined;

  constructor(io: CommandIo, quiet: boolean) {
    this.#io = io;
    this.#quiet = quiet;
    this.#status = new StatusLine(io.stderr, io.width);
    this.#timer = setInterval(() => {
      this.#announce();
      this.#show();
    }, TICK);
  }

  /** Takes what happens to an experiment. */
  readonly take = ({ experiment, state, atMost }: ProfileProgress): void => {
    if (this.#quiet) return;
    if (state === "done") this.#running.delete(experiment);
    else this.#running.set(experiment, this.#io.now() + atMost);
    this.#show();
  };

  /** Takes how long the run takes from now on; a note says so unless it is over soon. */
  readonly estimate = (estimate: ProfileEstimate): void => {
    if (this.#quiet || estimate.atMost <= LONG) return;
    const now = this.#io.now();
    this.#estimate = { estimate, due: now + estimate.atMost, from: now + SOON };
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

  #announce(): void {
    if (!this.#estimate || this.#io.now() < this.#estimate.from) return;
    const { estimate, due } = this.#estimate;
    this.#estimate = undefined;
    const note = `sonde: ${sayEstimate(estimate, due - this.#io.now())}\n`;
    this.#then(() => this.#io.stderr.write(note));
  }

  #show(): void {
    if (this.#quiet || this.#running.size === 0) return;
    const now = this.#io.now();
    const text = [...this.#running].map(([name, due]) =>
      due - now > LONG / 4
        ? `${name} (up to ${formatDuration(Math.ceil((due - now) / 1000) * 1000)} more)`
        : name
    ).join(", ");
    this.#then(() => this.#status.show(`running: ${text}`));
  }

  /** One after the other: a note between two halves of a line would tear it. */
  #then(write: () => Promise<void>): void {
    this.#last = this.#last.then(write);
  }
}

function sayEstimate({ answerMs, oneAtATime, repeated }: ProfileEstimate, left: number): string {
  const pace = [
    ...(answerMs >= SLOW ? [`at ${formatDuration(answerMs)} an answer`] : []),
    ...(oneAtATime ? ["as the server serves one connection at a time"] : []),
  ];
  const what = repeated.length > 0
    ? `${repeated.join(", ")} ${repeated.length > 1 ? "are" : "is"} repeated alone`
    : "--only makes fewer experiments, --idle-limit shortens the watch, --total-time ends everything";
  return `up to ${formatDuration(left)} more${
    pace.length > 0 ? `, ${pace.join(", ")},` : ""
  } until all is measured (${what})`;
}
