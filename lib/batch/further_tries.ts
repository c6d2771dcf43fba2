/**
 * Whether a try was the last one, and what is learnt from it.
 *
 * @module
 */

import type { ProbeError } from "../result.ts";
import type { Concurrency } from "./concurrency.ts";
import { Patience, type Waiting } from "./patience.ts";
import { isExhaustion, isLate, isWorthRetrying, retryWait } from "./retry.ts";
import type { Attempts, RunnerOptions } from "./work.ts";

/** What is kept for each job between its tries. */
export interface Trying extends Waiting {
  attempts: Attempts;
  /** Tries for which this process had no time. */
  late: number;
}

/** After so many tries for which this process had no time, that is the outcome. */
const MOST_LATE = 6;

/** One try that is over. */
export interface EndedTry {
  readonly error?: ProbeError;
  /** Milliseconds that it took. */
  readonly total: number;
  /** The epoch of the limit in which it was started. */
  readonly epoch: number;
  /** Jobs that were under way, this one included. */
  readonly active: number;
}

/** Decides on the further tries of jobs: those that were asked for, and those after a fault of this machine. */
export class FurtherTries {
  readonly #concurrency: Concurrency;
  readonly #retries: number;
  readonly #onConcurrencyLowered: RunnerOptions["onConcurrencyLowered"];
  readonly #patience = new Patience();

  /** @param concurrency Is told of each try how it went */
  constructor(concurrency: Concurrency, { retries = 0, onConcurrencyLowered }: RunnerOptions) {
    this.#concurrency = concurrency;
    this.#retries = retries;
    this.#onConcurrencyLowered = onConcurrencyLowered;
  }

  /** Milliseconds until the next try of a job, `undefined` if this one was the last. */
  waitAfter(ended: EndedTry, job: Trying): number | undefined {
    const { error, total } = ended;
    if (error && isLate(error)) return this.#waitForTime(error, ended, job);
    if (error && isExhaustion(error)) return this.#waitForResources(error, ended, job);
    this.#patience.noteMeasured();
    this.#concurrency.success();
    if (!error || job.attempts.length >= this.#retries || !isWorthRetrying(error)) return undefined;
    job.attempts = [...job.attempts, { error, total }];
    return retryWait(job.attempts.length);
  }

  #waitForTime(error: ProbeError, { epoch, active }: EndedTry, job: Trying): number | undefined {
    this.#lower(error, () => this.#concurrency.late(epoch, active));
    return ++job.late < MOST_LATE ? retryWait(job.late) : undefined;
  }

  #waitForResources(error: ProbeError, { epoch, active }: EndedTry, job: Trying): number | undefined {
    this.#lower(error, () => this.#concurrency.fault(epoch, active));
    return this.#patience.waitFor(job);
  }

  /** Takes note of a setback, and tells whoever asked for it if the run goes on with less. */
  #lower(error: ProbeError, setBack: () => boolean): void {
    const { limit } = this.#concurrency;
    if (setBack() && this.#concurrency.limit < limit) {
      this.#onConcurrencyLowered?.(this.#concurrency.limit, error);
    }
  }
}
