/**
 * Watches checks: runs them, follows their states, keeps a history and sends notices.
 *
 * @module
 */

import type { CheckRun } from "./check_run.ts";
import { Deliverer, type DeliveryFailure, type UnsentNotices } from "./delivery/deliverer.ts";
import type { CheckHistory } from "./history/check_history.ts";
import { History, MEMORY } from "./history/history.ts";
import { HistoryError } from "./history/history_error.ts";
import { forgetOld, HistoryKeeper } from "./history/history_keeper.ts";
import { toHistory } from "./history/open_history.ts";
import { Recorder } from "./recorder.ts";
import { runEach, Scheduler, type WatchedRun } from "./scheduler.ts";
import type { TaskPlan } from "./tasks/task.ts";
import { toPlan, type WatchedChecks } from "./tasks/to_plan.ts";

/** Options of a {@linkcode Watcher}. */
export interface WatcherOptions {
  /**
   * Path of a history, or a history that is open already. Without one, states and unsent notices are lost when the
   * process ends.
   */
  readonly history?: string | CheckHistory | undefined;
  /**
   * Milliseconds that the history goes back; 0 keeps everything.
   *
   * @default {7_776_000_000} 90 days
   */
  readonly keep?: number | undefined;
  /**
   * Runs at the same time; further runs wait.
   *
   * @default {100}
   */
  readonly concurrency?: number | undefined;
  /** Ends the watch. */
  readonly signal?: AbortSignal | undefined;
  /** Called with every run, in the order in which they end. An error that it throws ends the watch. */
  readonly onRun?: ((run: CheckRun) => void) | undefined;
  /** Called when a notice could not be delivered; the watcher tries again for about 19 minutes. */
  readonly onDeliveryFailure?: ((failure: DeliveryFailure) => void) | undefined;
  /** Called when the history could not be written this time, for instance because another process held it for too long. */
  readonly onProblem?: ((error: Error) => void) | undefined;
}

/** Options of {@linkcode Watcher.runOnce}. */
export interface RunOnceOptions {
  /** Called after the last check and before the wait for deliveries. */
  readonly onChecked?: (() => void | Promise<void>) | undefined;
}

/** The outcome of {@linkcode Watcher.runOnce}. */
export interface OnceOutcome {
  /** In the order in which the runs ended; after an abort some are missing. */
  readonly runs: readonly CheckRun[];
  /** Notices that could not be delivered in time. With a history the next run delivers them. */
  readonly unsent: readonly UnsentNotices[];
}

/** Milliseconds that a history goes back by default: 90 days. */
const DEFAULT_KEEP = 7_776_000_000;

/** Milliseconds for deliveries after the last check of `runOnce()`. */
const DELIVERY_TIME = 15_000;

/** Milliseconds that `runOnce()` waits for the next try of a delivery; one that is due later is left in the history. */
const LONGEST_WAIT = 5000;

/**
 * Runs checks at their intervals, or each once. Needs `--allow-net` for the targets and webhooks, `--allow-run` for
 * commands that receive notices, and the permissions of {@linkcode openHistory} for a history.
 *
 * @example Usage
 * ```ts
 * import { Watcher } from "jsr:@sonde/sonde/watch";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const checks = [{ url: `http://127.0.0.1:${server.addr.port}/`, interval: "100ms", expect: ["status == 200"] }];
 * const verdicts: string[] = [];
 * const watcher = new Watcher(checks, {
 *   onRun({ verdict }) {
 *     if (verdicts.push(verdict) === 2) watcher.stop();
 *   },
 * });
 * await watcher.run();
 * if (verdicts.some((verdict) => verdict !== "up")) throw new Error(verdicts.join());
 * ```
 */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #controller = new AbortController();
  readonly #signal: AbortSignal;
  #plan: TaskPlan;
  #running: { readonly setPlan: (plan: TaskPlan) => void } | undefined;

  /**
   * Prepares a watch; nothing runs yet.
   *
   * @param checks Definitions of checks, the content of a task file, or what {@linkcode loadChecks} read
   * @throws {TaskFileError} If a definition has mistakes; the message lists them all
   */
  constructor(checks: WatchedChecks, options: WatcherOptions = {}) {
    this.#options = options;
    this.#plan = toPlan(checks);
    const { signal } = options;
    this.#signal = signal ? AbortSignal.any([signal, this.#controller.signal]) : this.#controller.signal;
  }

  /**
   * Replaces the checks and receivers. A check with the same definition keeps its schedule; the run of one that is
   * gone or has changed ends at once.
   *
   * @throws {TaskFileError} If a definition has mistakes; the checks then stay as they are
   */
  setChecks(checks: WatchedChecks): void {
    this.#plan = toPlan(checks);
    this.#running?.setPlan(this.#plan);
  }

  /** Ends the watch: {@linkcode Watcher.run} and {@linkcode Watcher.runOnce} return soon. */
  stop(): void {
    this.#controller.abort();
  }

  /**
   * Runs the checks at their intervals until the signal or {@linkcode Watcher.stop} ends the watch.
   *
   * @throws {HistoryError} If the history cannot be opened or written, or if its file was removed
   */
  async run(): Promise<void> {
    if (this.#signal.aborted) return;
    using opened = this.#openHistory();
    const { history } = opened;
    const ended = Promise.withResolvers<void>();
    const { concurrency, keep = DEFAULT_KEEP, onProblem = () => {} } = this.#options;
    await using deliverer = this.#startDeliverer(history);
    const recorder = new Recorder(history, this.#plan.receivers);
    const onRun = (watched: WatchedRun): void => {
      try {
        this.#take(watched, recorder, deliverer);
      } catch (error) {
        // The next run says the same, if it is so.
        if (error instanceof HistoryError && error.busy) onProblem(notRecorded(error, watched));
        else ended.reject(error);
      }
    };
    using _keeper = new HistoryKeeper(history, { keep, onGone: ended.reject, onProblem });
    await using scheduler = new Scheduler({ onRun, concurrency });
    const setPlan = ({ tasks, receivers, redact }: TaskPlan): void => {
      recorder.receivers = receivers;
      deliverer.setReceivers({ receivers, redact });
      scheduler.setTasks(tasks);
    };
    setPlan(this.#plan);
    this.#running = { setPlan };
    const stop = (): void => ended.resolve();
    this.#signal.addEventListener("abort", stop, { once: true });
    try {
      await ended.promise;
    } finally {
      this.#running = undefined;
      this.#signal.removeEventListener("abort", stop);
    }
  }

  /**
   * Runs every check once and delivers the notices, for at most 15 seconds after the last check: for cron and CI.
   *
   * @throws {HistoryError} If the history cannot be opened or written
   */
  async runOnce(options: RunOnceOptions = {}): Promise<OnceOutcome> {
    using opened = this.#openHistory();
    const { tasks, receivers } = this.#plan;
    await using deliverer = this.#startDeliverer(opened.history, LONGEST_WAIT);
    const recorder = new Recorder(opened.history, receivers);
    const runs: CheckRun[] = [];
    const onRun = (watched: WatchedRun): void => void runs.push(this.#take(watched, recorder, deliverer));
    try {
      await runEach(tasks, { onRun, concurrency: this.#options.concurrency, signal: this.#signal });
    } catch (error) {
      // Other runs are still under way.
      this.stop();
      throw error;
    }
    await options.onChecked?.();
    if (receivers.length > 0) await deliverer.drain(DELIVERY_TIME, this.#signal);
    return { runs, unsent: deliverer.unsent() };
  }

  #take(watched: WatchedRun, recorder: Recorder, deliverer: Deliverer): CheckRun {
    const run = recorder.record(watched);
    if (run.changes.length > 0) deliverer.wake();
    this.#options.onRun?.(run);
    return run;
  }

  #openHistory(): Disposable & { readonly history: History } {
    const { history: given = MEMORY, keep = DEFAULT_KEEP } = this.#options;
    // Nobody can read the runs of a history without a file, so they must not fill the memory.
    const history = typeof given === "string"
      ? new History(given, { runs: given !== MEMORY })
      : toHistory(given);
    const dispose = (): void => {
      if (typeof given === "string") history[Symbol.dispose]();
    };
    forgetOld(history, keep);
    return { history, [Symbol.dispose]: dispose };
  }

  #startDeliverer(history: History, longestWait?: number): Deliverer {
    const { onDeliveryFailure: onFailure } = this.#options;
    const deliverer = new Deliverer(history.deliveries, { onFailure, longestWait });
    deliverer.setReceivers(this.#plan);
    return deliverer;
  }
}

function notRecorded(error: HistoryError, { task }: WatchedRun): HistoryError {
  return new HistoryError(`${error.message}: a run of ${task.redact(task.name)} is not in it`, {
    cause: error,
  });
}
