/**
 * Runs many jobs at once, each until there is a row for it, and none longer than its own slot.
 *
 * @module
 */

import { Concurrency } from "./concurrency.ts";
import { Delayed } from "./delayed.ts";
import { FurtherTries, type Trying } from "./further_tries.ts";
import { HostQueue } from "./host_queue.ts";
import { Rate } from "./rate.ts";
import { RowOrder, type Slot } from "./row_order.ts";
import { NOTHING, Source } from "./source.ts";
import { StartBudget } from "./start_budget.ts";
import { WakeTimer } from "./wake_timer.ts";
import type { Attempts, RunnerOptions, TryOutcome, Work } from "./work.ts";

/** Rows that nobody has taken yet; with so many, nothing is started any more. */
const MOST_UNREAD = 1_024;
/** Octets of rows that nobody has taken yet, or that wait for older ones: the same. */
const MOST_OCTETS = 1 << 26;
/** Jobs to have at hand, so that reading does not hold up starting. */
const AT_HAND = 64;

interface Task<Job, Row> extends Trying {
  readonly job: Job;
  readonly host: string;
  readonly slot: Slot<Row>;
  readonly place: number;
}

const NO_ATTEMPTS: Attempts = [];

/**
 * Runs the jobs of a source.
 *
 * @returns Rows in groups: those that were there when the consumer came back. Each job gives exactly one, unless the run is
 * aborted. A consumer that does not come back for more stops new starts.
 * @throws Whatever the source or `execute` throws
 */
export function runJobs<Job, Row>(
  jobs: Iterable<Job> | AsyncIterable<Job>,
  work: Work<Job, Row>,
  options: RunnerOptions = {},
): AsyncGenerator<Row[], void, void> {
  return new Run(jobs, work, options).rows();
}

class Run<Job, Row> {
  readonly #work: Work<Job, Row>;
  readonly #options: RunnerOptions;
  readonly #source: Source<Job>;
  readonly #concurrency: Concurrency;
  readonly #rate: Rate;
  readonly #queue: HostQueue<Task<Job, Row>>;
  readonly #delayed = new Delayed<Task<Job, Row>>();
  readonly #order: RowOrder<Row>;
  readonly #stop = new AbortController();
  readonly #tries: FurtherTries;
  #active = 0;
  #failure: { readonly reason: unknown } | undefined;
  #wake: () => void = () => {};
  readonly #timer = new WakeTimer(() => this.#pump());
  readonly #budget = new StartBudget(() => this.#pump());

  constructor(jobs: Iterable<Job> | AsyncIterable<Job>, work: Work<Job, Row>, options: RunnerOptions) {
    const { concurrency = 50, perHost = Infinity, rate = Infinity, ordered = false } = options;
    this.#work = work;
    this.#options = options;
    this.#source = new Source(jobs, () => this.#pump(), (reason) => this.#fail(reason));
    this.#concurrency = new Concurrency(concurrency);
    this.#rate = new Rate(rate);
    this.#queue = new HostQueue(perHost);
    this.#order = new RowOrder(ordered, work.weigh);
    this.#tries = new FurtherTries(this.#concurrency, options);
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
        const rows = this.#order.take();
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
      this.#source.done && this.#queue.length === 0 && this.#delayed.length === 0;
  }

  #abort(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort(this.#options.signal?.reason);
    this.#source.close();
    this.#timer.close();
    this.#budget.close();
    this.#order.flush();
    this.#wake();
  }

  #fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#wake();
  }

  /** Starts what may be started, and sets the timer for what may be later. */
  #pump(): void {
    if (this.#stop.signal.aborted || this.#failure) return;
    const now = performance.now();
    for (let task = this.#delayed.shift(now); task; task = this.#delayed.shift(now)) {
      this.#queue.pushAgain(task);
    }
    while (this.#budget.isLeft && this.#hasRoom && this.#active < this.#concurrency.limit) {
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
    if (this.#delayed.length > 0) this.#timer.set(this.#delayed.firstDue);
    if (this.#source.done && this.#isOver) this.#wake();
  }

  get #hasRoom(): boolean {
    const { length, weight, waitingWeight } = this.#order;
    if (length >= MOST_UNREAD || weight >= MOST_OCTETS) return false;
    // The row that others wait for has perhaps to be begun yet.
    return waitingWeight < MOST_OCTETS || this.#active === 0;
  }

  #read(): void {
    const { lookAhead = 10_000, window = 10_000, ordered = false } = this.#options;
    while (
      this.#queue.ready < AT_HAND && this.#queue.length + this.#delayed.length < lookAhead &&
      !(ordered && this.#order.span >= window)
    ) {
      const job = this.#source.take();
      if (job === NOTHING) return;
      this.#admit(job, this.#order.open(), 0);
    }
  }

  #admit(job: Job, slot: Slot<Row>, place: number): void {
    const host = this.#options.perHost === undefined ? "" : this.#work.hostOf(job);
    this.#queue.push({ job, host, slot, place, attempts: NO_ATTEMPTS, waits: 0, measuredBefore: 0, late: 0 });
  }

  #start(task: Task<Job, Row>): void {
    this.#budget.take(this.#work.connectionsOf?.(task.job) ?? 1);
    this.#active++;
    const { epoch } = this.#concurrency;
    const context = {
      attempts: task.attempts,
      late: task.late,
      active: this.#active,
      signal: this.#stop.signal,
    };
    this.#work.execute(task.job, context).then(
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
        this.#order.widen(task.slot, outcome.jobs.length);
        outcome.jobs.forEach((job, place) => this.#admit(job, task.slot, place));
        break;
      case "row": {
        const wait = this.#tries.waitAfter({ ...outcome, epoch, active: this.#active + 1 }, task);
        if (wait !== undefined) {
          this.#delayed.push(performance.now() + wait, task);
          break;
        }
        this.#queue.release(task);
        this.#order.add(task.slot, task.place, outcome.row);
        this.#wake();
        break;
      }
    }
    this.#pump();
    if (this.#active === 0) this.#wake();
  }
}
