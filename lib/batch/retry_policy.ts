/**
 * Decides which jobs are tried again, and lowers the concurrency after a local fault.
 *
 * @module
 */

import type { ProbeError } from "../result.ts";
import type { ConcurrencyLimit } from "./concurrency_limit.ts";
import type { RunnerOptions } from "./batch_options.ts";
import { type BackoffState, LocalFaultBackoff } from "./local_fault_backoff.ts";
import { isResourceExhaustion, isStarvation, isTransient, retryDelay } from "./retry_rules.ts";
import type { Attempts } from "./job_handler.ts";

/** The state of a job between its tries. */
export interface RetryState extends BackoffState {
  attempts: Attempts;
  /** Number of tries for which this process had no time. */
  starvedTries: number;
}

/** After this many tries for which this process had no time, lack of time becomes the outcome. */
const MAX_STARVED_TRIES = 6;

/** A try that has ended. */
export interface FinishedTry {
  readonly error?: ProbeError;
  /** Duration of the try in milliseconds. */
  readonly total: number;
  /** The epoch of the limit in which the try started. */
  readonly epoch: number;
  /** Number of running jobs, including this one. */
  readonly active: number;
}

/** Decides about further tries: those that the caller requested, and those after a fault of this machine. */
export class RetryPolicy {
  readonly #concurrency: ConcurrencyLimit;
  readonly #retries: number;
  readonly #onConcurrencyLowered: RunnerOptions["onConcurrencyLowered"];
  readonly #backoff = new LocalFaultBackoff();

  /** @param concurrency Receives the outcome of each try */
  constructor(concurrency: ConcurrencyLimit, { retries = 0, onConcurrencyLowered }: RunnerOptions) {
    this.#concurrency = concurrency;
    this.#retries = retries;
    this.#onConcurrencyLowered = onConcurrencyLowered;
  }

  /** Returns the milliseconds until the next try of a job, or `undefined` if this try was the last. */
  delayBeforeNextTry(ended: FinishedTry, job: RetryState): number | undefined {
    const { error, total } = ended;
    if (error && isStarvation(error)) return this.#waitForTime(error, ended, job);
    if (error && isResourceExhaustion(error)) return this.#waitForResources(error, ended, job);
    this.#backoff.noteMeasured();
    this.#concurrency.noteSuccess();
    if (!error || job.attempts.length >= this.#retries || !isTransient(error)) return undefined;
    job.attempts = [...job.attempts, { error, total }];
    return retryDelay(job.attempts.length);
  }

  #waitForTime(error: ProbeError, { epoch, active }: FinishedTry, job: RetryState): number | undefined {
    this.#lower(error, () => this.#concurrency.noteStarvation(epoch, active));
    return ++job.starvedTries < MAX_STARVED_TRIES ? retryDelay(job.starvedTries) : undefined;
  }

  #waitForResources(error: ProbeError, { epoch, active }: FinishedTry, job: RetryState): number | undefined {
    this.#lower(error, () => this.#concurrency.noteExhaustion(epoch, active));
    return this.#backoff.nextDelay(job);
  }

  /** Records a setback, and reports it if the run continues with fewer jobs at once. */
  #lower(error: ProbeError, setBack: () => boolean): void {
    const { limit } = this.#concurrency;
    if (setBack() && this.#concurrency.limit < limit) {
      this.#onConcurrencyLowered?.(this.#concurrency.limit, error);
    }
  }
}
