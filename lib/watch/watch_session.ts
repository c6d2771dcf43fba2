/**
 * Holds the history, the recorder and the deliverer of one watch.
 *
 * @module
 */

import type { CheckRun } from "./check_run.ts";
import { Deliverer, type UnsentNotices } from "./delivery/deliverer.ts";
import { History, MEMORY } from "./history/history.ts";
import { HistoryError } from "./history/history_error.ts";
import { forgetOld, HistoryKeeper } from "./history/history_keeper.ts";
import { toHistory } from "./history/to_history.ts";
import type { KeptProfile } from "./kept_profile.ts";
import { Recorder } from "./recorder.ts";
import { noteChecks } from "./retire_checks.ts";
import type { WatchedRun } from "./check_runner.ts";
import { runEach } from "./run_each.ts";
import { Scheduler } from "./scheduler.ts";
import type { Condition } from "./state/check_state.ts";
import type { Task, TaskPlan } from "./tasks/task.ts";
import type { WatcherOptions } from "./watcher_options.ts";

/** Milliseconds that a history goes back by default: 90 days. */
const DEFAULT_KEEP = 7_776_000_000;

/** Milliseconds for deliveries after the last check of a watch that runs once. */
const DELIVERY_TIME = 15_000;

/** Milliseconds that such a watch waits for the next try of a delivery; later ones stay in the history. */
const LONGEST_WAIT = 5000;

/** Runs checks, records the runs and delivers the notices. */
export class WatchSession implements AsyncDisposable {
  readonly #options: WatcherOptions;
  readonly #history: History;
  readonly #deliverer: Deliverer;
  readonly #recorder: Recorder;
  readonly #conditionOf = (name: string): Condition => this.#history.stateOf(name).condition;
  #plan: TaskPlan;
  #scheduler: Scheduler | undefined;

  /**
   * Opens the history.
   *
   * @param mode `once` does not wait for a delivery that is due later than in a few seconds
   * @throws {HistoryError} If the history cannot be opened or written
   */
  constructor(plan: TaskPlan, options: WatcherOptions, mode: "once" | "on") {
    const { history = MEMORY, keep = DEFAULT_KEEP, onDeliveryFailure: onFailure } = options;
    this.#options = options;
    this.#plan = plan;
    // Nobody can read the runs of a history without a file, so they must not fill the memory.
    this.#history = typeof history === "string"
      ? new History(history, { runs: history !== MEMORY })
      : toHistory(history);
    forgetOld(this.#history, keep);
    noteChecks(this.#history, plan);
    const longestWait = mode === "once" ? LONGEST_WAIT : undefined;
    this.#deliverer = new Deliverer(this.#history.deliveries, { onFailure, longestWait });
    this.#recorder = new Recorder(this.#history, plan.receivers, {
      onQueued: () => this.#deliverer.wake(),
    });
    this.#deliverer.setReceivers(plan);
  }

  /** Replaces checks and receivers while the checks run at their intervals. */
  setPlan(plan: TaskPlan): void {
    this.#plan = plan;
    this.#noteChecks(plan);
    this.#recorder.setReceivers(plan.receivers);
    this.#deliverer.setReceivers(plan);
    this.#scheduler?.setTasks(plan.tasks, plan.leftOut);
  }

  #noteChecks(plan: TaskPlan): void {
    try {
      noteChecks(this.#history, plan);
    } catch (error) {
      if (!(error instanceof HistoryError)) throw error;
      this.#options.onProblem?.(error);
    }
  }

  /**
   * Runs the checks at their intervals until the signal aborts.
   *
   * @throws {HistoryError} If the history cannot be written, or if its file was removed
   */
  async runOn(signal: AbortSignal): Promise<void> {
    const { concurrency, keep = DEFAULT_KEEP, onProblem = () => {} } = this.#options;
    const ended = Promise.withResolvers<void>();
    const onRun = (watched: WatchedRun): void => {
      try {
        this.#take(watched);
      } catch (error) {
        // The next run will record the same state.
        if (error instanceof HistoryError && error.busy) onProblem(notRecorded(error, watched));
        else ended.reject(error);
      }
    };
    using _keeper = new HistoryKeeper(this.#history, { keep, onGone: ended.reject, onProblem });
    await using scheduler = new Scheduler({
      onRun,
      concurrency,
      conditionOf: this.#conditionOf,
      profileOf: this.#profileOf,
    });
    this.#scheduler = scheduler;
    scheduler.setTasks(this.#plan.tasks, this.#plan.leftOut);
    const stop = (): void => ended.resolve();
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    try {
      await ended.promise;
    } finally {
      this.#scheduler = undefined;
      signal.removeEventListener("abort", stop);
    }
  }

  /** Runs every check once. */
  async runEach(signal: AbortSignal): Promise<CheckRun[]> {
    const runs: CheckRun[] = [];
    const onRun = (watched: WatchedRun): void => void runs.push(this.#take(watched));
    const { tasks, leftOut } = this.#plan;
    const { concurrency } = this.#options;
    await runEach(tasks, {
      leftOut,
      onRun,
      concurrency,
      conditionOf: this.#conditionOf,
      profileOf: this.#profileOf,
      signal,
    });
    return runs;
  }

  /**
   * Delivers the notices, for a few seconds at most.
   *
   * @returns The notices that are left
   */
  async deliver(signal: AbortSignal): Promise<UnsentNotices[]> {
    if (this.#plan.receivers.length > 0) await this.#deliverer.drain(DELIVERY_TIME, signal);
    return this.#deliverer.unsent();
  }

  readonly #profileOf = (task: Task): KeptProfile | undefined =>
    task.conn === undefined ? undefined : this.#history.stateOf(task.name).profile;

  #take(watched: WatchedRun): CheckRun {
    const run = this.#recorder.record(watched);
    this.#options.onRun?.(run);
    return run;
  }

  /** Stops the deliveries, and closes the history unless the caller opened it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#deliverer[Symbol.asyncDispose]();
    if (typeof (this.#options.history ?? MEMORY) === "string") this.#history[Symbol.dispose]();
  }
}

function notRecorded(error: HistoryError, { task }: WatchedRun): HistoryError {
  return new HistoryError(`${error.message}: a run of ${task.redact(task.name)} is not in it`, {
    cause: error,
  });
}
