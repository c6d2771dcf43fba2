/**
 * Shows the progress of a profile on stderr.
 *
 * @module
 */

import type { ProfileEstimate, ProfileProgress } from "../../../conn/options.ts";
import { formatDuration } from "../../../text/duration.ts";
import type { CommandIo } from "../../io.ts";
import type { StatusLine } from "../../output/status_line.ts";

/** Milliseconds between two updates. */
const TICK = 250;
/** sonde announces an experiment or a run that may take at least this many milliseconds. */
const LONG = 8_000;
/** sonde does not announce a run that ends within this many milliseconds. */
const SOON = 1_000;
/** If an answer takes at least this many milliseconds, sonde names it as the reason for a long run. */
const SLOW = 500;

/** Shows the running experiments on a line of the terminal. Without a terminal, it prints one note about a long run. */
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
    this.#status = io.status;
    this.#timer = setInterval(() => {
      this.#announce();
      this.#show();
    }, TICK);
  }

  /** Shows an event of an experiment. */
  readonly take = ({ experiment, state, atMost }: ProfileProgress): void => {
    if (this.#quiet) return;
    if (state === "done") this.#running.delete(experiment);
    else this.#running.set(experiment, this.#io.now() + atMost);
    this.#show();
  };

  /** Announces the estimate of the remaining time, unless the run ends soon. */
  readonly estimate = (estimate: ProfileEstimate): void => {
    if (this.#quiet || estimate.atMost <= LONG) return;
    const now = this.#io.now();
    this.#estimate = { estimate, due: now + estimate.atMost, from: now + SOON };
  };

  /** Erases the line. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#last;
    await this.#status.clear();
  }

  /** Does the same as {@linkcode ConnProgress.end}. */
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

  /** Writes the texts one after the other, so that no note comes in the middle of a line. */
  #then(write: () => Promise<void>): void {
    this.#last = this.#last.then(write);
  }
}

function sayEstimate({ answerMs, oneAtATime, repeated }: ProfileEstimate, left: number): string {
  const pace = [
    ...(answerMs >= SLOW ? [`at ${formatDuration(answerMs)} for each answer`] : []),
    ...(oneAtATime ? ["as the server serves one connection at a time"] : []),
  ];
  const what = repeated.length > 0
    ? `${repeated.join(", ")} ${repeated.length > 1 ? "are" : "is"} repeated without other experiments`
    : "--only runs fewer experiments, --idle-limit shortens the watch, --total-time limits the whole run";
  return `up to ${formatDuration(left)} more${
    pace.length > 0 ? `, ${pace.join(", ")},` : ""
  } until the profile is complete (${what})`;
}
