/**
 * Watches checks: runs them, follows their states, keeps a history and sends notices.
 *
 * @module
 */

import { checkOptions } from "../text/check_options.ts";
import type { TaskPlan } from "./tasks/task.ts";
import { toPlan, type WatchedChecks } from "./tasks/to_plan.ts";
import {
  type OnceOutcome,
  RUN_ONCE_OPTION_NAMES,
  type RunOnceOptions,
  WATCHER_OPTION_NAMES,
  type WatcherOptions,
} from "./watcher_options.ts";
// Loaded with the first run: SQLite and the rest take longer to load than the checks to parse.
import type { WatchSession } from "./watch_session.ts";

/**
 * Runs checks at their intervals, or each once. Needs `--allow-net` for the targets and webhooks, `--allow-run` for
 * commands that receive notices, and the permissions of {@linkcode openHistory} for a history.
 *
 * @example Usage
 * ```ts
 * import { Watcher } from "https://deno.land/x/sonde/lib/watch.ts";
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
  #session: WatchSession | undefined;

  /**
   * Prepares a watch; nothing runs yet.
   *
   * @param checks Definitions of checks, the content of a task file, or the plan from {@linkcode loadChecks}
   * @throws {TaskFileError} If a definition has mistakes; the message lists them all
   */
  constructor(checks: WatchedChecks, options: WatcherOptions = {}) {
    checkOptions(options, WATCHER_OPTION_NAMES);
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
    this.#session?.setPlan(this.#plan);
  }

  /**
   * Ends the watch: {@linkcode Watcher.run} and {@linkcode Watcher.runOnce} return soon. A watcher that was stopped does not
   * run again.
   */
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
    await using session = await this.#open("on");
    this.#session = session;
    try {
      await session.runOn(this.#signal);
    } finally {
      this.#session = undefined;
    }
  }

  /**
   * Runs every check once and delivers the notices, for at most 15 seconds after the last check: for cron and CI.
   *
   * @throws {HistoryError} If the history cannot be opened or written
   */
  async runOnce(options: RunOnceOptions = {}): Promise<OnceOutcome> {
    checkOptions(options, RUN_ONCE_OPTION_NAMES);
    await using session = await this.#open("once");
    try {
      const runs = await session.runEach(this.#signal);
      await options.onChecked?.();
      return { runs, unsent: await session.deliver(this.#signal) };
    } catch (error) {
      // Other runs may be under way.
      this.stop();
      throw error;
    }
  }

  async #open(mode: "once" | "on"): Promise<WatchSession> {
    const { WatchSession } = await import("./watch_session.ts");
    return new WatchSession(this.#plan, this.#options, mode);
  }
}
