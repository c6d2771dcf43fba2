/**
 * Decides whether a job is tried again, and lowers the concurrency after a local fault.
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
  /** Tries for which this process had no time. */
  starvedTries: number;
}

/** After so many tries for which this process had no time, that is the outcome. */
const MAX_STARVED_TRIES = 6;

/** A try that has ended. */
export interface FinishedTry {
  readonly error?: ProbeError;
  /** Milliseconds that it took. */
  readonly total: number;
  /** The epoch of the limit in which it was started. */
  readonly epoch: number;
  /** Jobs that were under way, this one included. */
  readonly active: number;
}

/** Decides on the further tries of jobs: those that were asked for, and those after a fault of this machine. */
export class RetryPolicy {
  readonly #concurrency: ConcurrencyLimit;
  readonly #retries: number;
  readonly #onConcurrencyLowered: RunnerOptions["onConcurrencyLowered"];
  readonly #backoff = new LocalFaultBackoff();

  /** @param concurrency Is told of each try how it went */
  constructor(concurrency: ConcurrencyLimit, { retries = 0, onConcurrencyLowered }: RunnerOptions) {
    this.#concurrency = concurrency;
    this.#retries = retries;
    this.#onConcurrencyLowered = onConcurrencyLowered;
  }

  /** Milliseconds until the next try of a job, `undefined` if this one was the last. */
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

  /** Takes note of a setback, and tells whoever asked for it if the run goes on with less. */
  #lower(error: ProbeError, setBack: () => boolean): void {
    const { limit } = this.#concurrency;
    if (setBack() && this.#concurrency.limit < limit) {
      this.#onConcurrencyLowered?.(this.#concurrency.limit, error);
    }
  }
}
