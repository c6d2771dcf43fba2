/**
 * Estimates the time that the rest of a batch takes.
 *
 * @module
 */

import type { RunMeter } from "./run_meter.ts";

/** Tries that an average needs at least: of fewer, chance decides. */
const ENOUGH_TRIES = 100;
/** Part of the run that is recent: a run may become faster or slower. */
const RECENT = 1 / 3;
/** Part of the tries of which the average counts: a few slow ones, such as hosts that are gone, need many others. */
const TELLING = 1 / 2;
/** Milliseconds that a pace needs at least. */
const ENOUGH_TIME = 3_000;
/** Most samples of the past. When there are more, every second one is dropped. */
const MOST_SAMPLES = 512;
/** A run keeps up with its rate if it has begun this part of the tries that the rate allows. */
const KEEPS_UP = 0.9;

/** The state of a run at a moment. */
interface Sample {
  readonly at: number;
  readonly running: number;
  readonly ended: number;
}

/** Options of {@linkcode TimeLeft}. */
export interface TimeLeftOptions {
  /** Gives the time in milliseconds, as the meter takes it. */
  readonly now: () => number;
  /** Starts per second that the run may make. @default {Infinity} */
  readonly rate?: number | undefined;
}

/** Estimates the remaining time from the tries that ended and from the ages of the running ones. */
export class TimeLeft {
  readonly #meter: RunMeter;
  readonly #now: () => number;
  /** Starts that the run may make in a millisecond. */
  readonly #rate: number;
  readonly #startedAt: number;
  #samples: Sample[] = [];

  constructor(meter: RunMeter, { now, rate = Infinity }: TimeLeftOptions) {
    this.#meter = meter;
    this.#now = now;
    this.#rate = rate / 1000;
    this.#startedAt = now();
  }

  /** Takes note of the run so far. Call it several times a second. */
  observe(): void {
    const { running, ended } = this.#meter;
    const at = this.#now();
    // The time of a stopped process is taken back once it is known; a sample of that time says nothing.
    while ((this.#samples.at(-1)?.at ?? 0) > at) this.#samples.pop();
    this.#samples.push({ at, running, ended });
    if (this.#samples.length > MOST_SAMPLES) this.#samples = this.#samples.filter((_, i) => i % 2 === 1);
  }

  /** Tries that ended in a millisecond, lately. */
  get pace(): number {
    const { at, ended } = this.#recent()[0] ?? { at: this.#startedAt, ended: 0 };
    const elapsed = this.#now() - at;
    return elapsed > 0 ? (this.#meter.ended - ended) / elapsed : 0;
  }

  /**
   * Estimates the milliseconds that are left.
   *
   * @param tries Tries that the whole run needs
   * @returns `undefined` if too little is known
   */
  estimate(tries: number): number | undefined {
    const { started } = this.#meter;
    const mean = this.#meter.meanDuration(Math.max(ENOUGH_TRIES, started * TELLING));
    if (mean === undefined) return undefined;
    const unstarted = Math.max(0, tries - started);
    if (unstarted < 1) return this.#meter.longestRest();
    const elapsed = this.#now() - this.#startedAt;
    if (started >= KEEPS_UP * this.#rate * elapsed) {
      return unstarted / this.#rate + this.#meter.restAtPace(this.#rate);
    }
    const samples = this.#recent();
    const running = samples.reduce((sum, it) => sum + it.running, 0) / samples.length;
    // Little's law: this many tries at a time, each of this duration.
    return running > 0 ? unstarted * mean / running + this.#meter.longestRest() : undefined;
  }

  /** Gives the samples of the recent time. */
  #recent(): Sample[] {
    const elapsed = this.#now() - this.#startedAt;
    const from = this.#now() - Math.max(ENOUGH_TIME, elapsed * RECENT);
    return this.#samples.filter(({ at }) => at >= from);
  }
}
