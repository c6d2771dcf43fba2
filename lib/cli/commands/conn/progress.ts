/**
 * Shows the progress of a profile on stderr.
 *
 * @module
 */

import type { ProfileEstimate, ProfileProgress } from "../../../conn/options.ts";
import { formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import type { CommandIo } from "../../io.ts";
import { writeNote } from "../../output/note.ts";
import { type Progress, ProgressLine } from "../../output/progress_line.ts";

/** sonde announces a run that may take at least this many milliseconds. */
const LONG = 8_000;
/** sonde does not announce a run that ends within this many milliseconds. */
const SOON = 1_000;
/** If an answer takes at least this many milliseconds, sonde names it as the reason for a long run. */
const SLOW = 500;

/** The parts of a note that explain the time. */
interface Note {
  /** The reasons why the run takes long. */
  readonly reasons: readonly string[];
  /** Names of the experiments that are repeated. */
  readonly repeated: readonly string[];
}

/** Options of {@linkcode ConnProgress}. */
export interface ConnProgressOptions {
  /** The target as the user wrote it. */
  readonly input: string;
  readonly quiet: boolean;
  /** The place of the target among several: `2 of 3`. */
  readonly place?: string | undefined;
  /** Milliseconds that the plan takes besides the time of the answers. */
  readonly planned: number;
}

/**
 * Shows on a line of the terminal what runs and how long it may still take. Beside that, and without a terminal, it prints
 * one note about a long run.
 */
export class ConnProgress implements Progress, AsyncDisposable {
  readonly #io: CommandIo;
  readonly #options: ConnProgressOptions;
  readonly #line: ProgressLine | undefined;
  readonly #running = new Map<string, number>();
  #waiting = new Set<string>();
  #done = 0;
  #all = 0;
  #repeated: readonly string[] = [];
  /** Moment at which everything is over at the latest. */
  #due = 0;
  /** Milliseconds that the last note named. */
  #announced = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(io: CommandIo, options: ConnProgressOptions) {
    this.#io = io;
    this.#options = options;
    if (options.quiet) return;
    this.#line = new ProgressLine(io.status, this);
    this.#announce({ reasons: [], repeated: [] });
  }

  /** Takes note of an event of an experiment. */
  readonly take = ({ experiment, state, atMost }: ProfileProgress): void => {
    if (state === "done") {
      this.#running.delete(experiment);
      this.#done++;
    } else {
      this.#waiting.delete(experiment);
      this.#running.set(experiment, this.#io.now() + atMost);
    }
    this.#line?.update();
  };

  /** Takes note of an estimate. Announces it, unless the run ends soon. */
  readonly estimate = (estimate: ProfileEstimate): void => {
    const { atMost, experiments, repeated } = estimate;
    this.#due = this.#io.now() + atMost;
    this.#waiting = new Set(experiments);
    this.#all = this.#done + experiments.length;
    this.#repeated = repeated;
    this.#announce({ reasons: sayReasons(estimate), repeated });
    this.#line?.update();
  };

  /** Formats what runs, and how long it may still take. */
  format(): string[] {
    const { input, place } = this.#options;
    const texts = this.#formatOne();
    // With several targets, the line also says which of them it is about.
    return place === undefined ? texts : [...texts.map((text) => `${place}, ${input}: ${text}`), ...texts];
  }

  #formatOne(): string[] {
    const left = `up to ${formatRest(this.#left)} left`;
    if (this.#all === 0) {
      const first = `first contact with ${this.#options.input}, then ${formatRest(this.#left)} at most`;
      return [first, `first contact, then ${formatRest(this.#left)} at most`];
    }
    const names = [...this.#running.keys()];
    const long = [...this.#running].map(([name, due]) =>
      due - this.#io.now() > LONG / 4 ? `${name} (${formatRest(due - this.#io.now())})` : name
    );
    const whole = this.#repeated.length > 0
      ? `repeating ${formatQuantity(this.#repeated.length, "experiment")} alone`
      : `${this.#done} of ${formatQuantity(this.#all, "experiment")} done`;
    const short = this.#repeated.length > 0 ? "repeating alone" : `${this.#done} of ${this.#all} done`;
    const running = (shown: readonly string[]): string =>
      shown.length === 0 ? "checking that the server serves" : shown.join(", ");
    return [
      `${whole}, ${left}: ${running(long)}`,
      `${short}, ${left}: ${running(names)}`,
      `${short}, ${left}: ${formatQuantity(names.length, "experiment")}`,
      `${short}, ${left}`,
    ];
  }

  /** Erases the line. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#last;
    await this.#line?.end();
  }

  /** Does the same as {@linkcode ConnProgress.end}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.end();
  }

  /** Milliseconds until everything is over at the latest. */
  get #left(): number {
    if (this.#all === 0) return this.#options.planned;
    // If nothing waits, the running ones decide.
    const due = this.#waiting.size === 0 && this.#running.size > 0
      ? Math.min(this.#due, Math.max(...this.#running.values()))
      : this.#due;
    return Math.max(0, due - this.#io.now());
  }

  /** Prints a note about a long run soon, unless a later one replaces it, or the user knows all of it. */
  #announce(note: Note): void {
    clearTimeout(this.#timer);
    if (this.#options.quiet || this.#left <= LONG) return;
    this.#timer = setTimeout(() => {
      const left = this.#left;
      const isKnown = note.repeated.length > 0
        ? this.#line?.isShown
        : note.reasons.length === 0 && left <= this.#announced;
      if (isKnown || left < LONG / 2) return;
      this.#announced = left;
      this.#last = writeNote(sayEstimate(left, note), this.#io);
    }, SOON);
  }
}

/** Formats a remaining time in whole seconds. */
function formatRest(ms: number): string {
  return formatDuration(Math.max(1, Math.ceil(ms / 1000)) * 1000);
}

function sayReasons({ answerMs, oneAtATime }: ProfileEstimate): string[] {
  return [
    ...(answerMs >= SLOW ? [`at ${formatDuration(answerMs)} for each answer`] : []),
    ...(oneAtATime ? ["as the server serves one connection at a time"] : []),
  ];
}

function sayEstimate(left: number, { reasons, repeated }: Note): string {
  const proviso = repeated.length > 0 ? "" : ", unless experiments must be repeated";
  const what = repeated.length > 0
    ? `${repeated.join(", ")} ${repeated.length > 1 ? "are" : "is"} repeated without other experiments`
    : "--only runs fewer experiments, --idle-limit shortens the watch, --total-time limits the whole run";
  return `up to ${formatRest(left)} more${
    reasons.length > 0 ? `, ${reasons.join(", ")},` : ""
  } until the profile is complete${proviso} (${what})`;
}
