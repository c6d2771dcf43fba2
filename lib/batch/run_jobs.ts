/**
 * Runs many jobs at once until each has given a row; a slow job blocks only its own slot.
 *
 * @module
 */

import { BATCH_DEFAULTS } from "../probe/defaults.ts";
import type { RunnerOptions } from "./batch_options.ts";
import { ConcurrencyLimit } from "./concurrency_limit.ts";
import { DueQueue } from "./due_queue.ts";
import { RetryPolicy, type RetryState } from "./retry_policy.ts";
import { HostQueue } from "./host_queue.ts";
import { StartRate } from "./start_rate.ts";
import { RowOrder, type Slot } from "./row_order.ts";
import { InputBuffer, NOT_READY } from "./input_buffer.ts";
import { StartBudget } from "./start_budget.ts";
import { WakeTimer } from "./wake_timer.ts";
import type { Attempts, JobHandler, TryOutcome } from "./job_handler.ts";

/** Number of jobs to read ahead, so that reading does not delay starts. */
const AT_HAND = 64;

interface Task<Job, Row> extends RetryState {
  readonly job: Job;
  readonly host: string;
  readonly slot: Slot<Row>;
  readonly place: number;
}

const NO_ATTEMPTS: Attempts = [];

/**
 * Runs the jobs of a source.
 *
 * @returns Rows in groups: each group holds the rows that are ready when the consumer asks. Each job gives exactly one
 * row, unless the run is aborted. While the consumer does not ask, no new job starts.
 * @throws Whatever the source or `attempt` throws
 */
export function runJobs<Job, Row>(
  jobs: Iterable<Job> | AsyncIterable<Job>,
  handler: JobHandler<Job, Row>,
  options: RunnerOptions = {},
): AsyncGenerator<Row[], void, void> {
  return new Run(jobs, handler, options).rows();
}

class Run<Job, Row> {
  readonly #handler: JobHandler<Job, Row>;
  readonly #options: RunnerOptions;
  readonly #inputs: InputBuffer<Job>;
  readonly #concurrency: ConcurrencyLimit;
  readonly #rate: StartRate;
  readonly #queue: HostQueue<Task<Job, Row>>;
  readonly #waitingForRetry = new DueQueue<Task<Job, Row>>();
  readonly #rows: RowOrder<Row>;
  readonly #stop = new AbortController();
  readonly #retryPolicy: RetryPolicy;
  #active = 0;
  #failure: { readonly reason: unknown } | undefined;
  #wake: () => void = () => {};
  readonly #timer = new WakeTimer(() => this.#pump());
  readonly #budget = new StartBudget(() => this.#pump());

  constructor(
    jobs: Iterable<Job> | AsyncIterable<Job>,
    handler: JobHandler<Job, Row>,
    options: RunnerOptions,
  ) {
    const { concurrency = BATCH_DEFAULTS.concurrency, perHost = Infinity, rate = Infinity, ordered = false } =
      options;
    this.#handler = handler;
    this.#options = options;
    this.#inputs = new InputBuffer(jobs, () => this.#pump(), (reason) => this.#fail(reason));
    this.#concurrency = new ConcurrencyLimit(concurrency);
    this.#rate = new StartRate(rate);
    this.#queue = new HostQueue(perHost);
    this.#rows = new RowOrder(ordered, handler.retainedSize);
    this.#retryPolicy = new RetryPolicy(this.#concurrency, options);
  }

  async *rows(): AsyncGenerator<Row[], void, void> {
    const { signal } = this.#options;
    const abort = (): void => this.#abort();
    if (signal?.aborted) return;
    signal?.addEventListener("abort", abort);
    try {
      while (true) {
        this.#pump();
        if (this.#failure) throw this.#failure.reason;
        const rows = this.#rows.take();
        if (rows.length > 0) yield rows;
        else if (this.#isOver) return;
        else await new Promise<void>((resolve) => this.#wake = resolve);
      }
    } finally {
      signal?.removeEventListener("abort", abort);
      this.#abort();
      while (this.#active > 0) await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  get #isOver(): boolean {
    if (this.#active > 0) return false;
    return this.#stop.signal.aborted ||
      this.#inputs.done && this.#queue.length === 0 && this.#waitingForRetry.length === 0;
  }

  #abort(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort(this.#options.signal?.reason);
    this.#inputs.close();
    this.#timer.close();
    this.#budget.close();
    this.#rows.flush();
    this.#wake();
  }

  #fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#wake();
  }

  /** Starts every job that may start, and sets the timer for those that have to wait. */
  #pump(): void {
    if (this.#stop.signal.aborted || this.#failure) return;
    const now = performance.now();
    for (let task = this.#waitingForRetry.shift(now); task; task = this.#waitingForRetry.shift(now)) {
      this.#queue.pushAgain(task);
    }
    while (
      this.#budget.isLeft && this.#rows.hasRoom(this.#active) && this.#active < this.#concurrency.limit
    ) {
      this.#read();
      if (this.#queue.ready === 0) break;
      const due = Math.max(this.#concurrency.resumeAt, this.#rate.dueAt);
      if (due > now) {
        this.#timer.set(due);
        break;
      }
      this.#rate.take(now);
      this.#start(this.#queue.shift()!);
    }
    if (this.#waitingForRetry.length > 0) this.#timer.set(this.#waitingForRetry.firstDue);
    if (this.#inputs.done && this.#isOver) this.#wake();
  }

  #read(): void {
    const { lookAhead = BATCH_DEFAULTS.lookAhead, window = BATCH_DEFAULTS.window, ordered = false } =
      this.#options;
    while (
      this.#queue.ready < AT_HAND && this.#queue.length + this.#waitingForRetry.length < lookAhead &&
      !(ordered && this.#rows.span >= window)
    ) {
      const job = this.#inputs.take();
      if (job === NOT_READY) return;
      this.#admit(job, this.#rows.open(), 0);
    }
  }

  #admit(job: Job, slot: Slot<Row>, place: number): void {
    const host = this.#options.perHost === undefined ? "" : this.#handler.hostOf(job);
    this.#queue.push({
      job,
      host,
      slot,
      place,
      attempts: NO_ATTEMPTS,
      localFaults: 0,
      measuredBefore: 0,
      starvedTries: 0,
    });
  }

  #start(task: Task<Job, Row>): void {
    this.#budget.take(this.#handler.connectionsOf?.(task.job) ?? 1);
    this.#active++;
    const { epoch } = this.#concurrency;
    this.#handler.attempt(task.job, {
      attempts: task.attempts,
      starvedTries: task.starvedTries,
      active: this.#active,
      signal: this.#stop.signal,
    }).then(
      (outcome) => this.#finish(task, epoch, outcome),
      (reason) => {
        this.#active--;
        this.#fail(reason);
      },
    );
  }

  #finish(task: Task<Job, Row>, epoch: number, outcome: TryOutcome<Job, Row>): void {
    this.#active--;
    switch (outcome.type) {
      case "aborted":
        break;
      case "jobs":
        this.#queue.release(task);
        this.#rows.expand(task.slot, outcome.jobs.length);
        outcome.jobs.forEach((job, place) => this.#admit(job, task.slot, place));
        break;
      case "row": {
        const wait = this.#retryPolicy.delayBeforeNextTry(
          { ...outcome, epoch, active: this.#active + 1 },
          task,
        );
        if (wait !== undefined) {
          this.#waitingForRetry.push(performance.now() + wait, task);
          break;
        }
        this.#queue.release(task);
        this.#rows.add(task.slot, task.place, outcome.row);
        this.#wake();
        break;
      }
    }
    this.#pump();
    if (this.#active === 0) this.#wake();
  }
}
