/**
 * Options and outcomes of a watch.
 *
 * @module
 */

import type { OptionNames } from "../text/check_options.ts";
import type { CheckRun } from "./check_run.ts";
import type { DeliveryFailure, UnsentNotices } from "./delivery/deliverer.ts";
import type { CheckHistory } from "./history/check_history.ts";

/** Options of a `Watcher`. */
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
  /** Called when a notice could not be delivered; the watcher tries again for a day, unless the receiver refused it. */
  readonly onDeliveryFailure?: ((failure: DeliveryFailure) => void) | undefined;
  /** Called when the history could not be written this time, for instance because another process held it for too long. */
  readonly onProblem?: ((error: Error) => void) | undefined;
}

/** Names of {@linkcode WatcherOptions}. */
export const WATCHER_OPTION_NAMES = {
  history: true,
  keep: true,
  concurrency: true,
  signal: true,
  onRun: true,
  onDeliveryFailure: true,
  onProblem: true,
} as const satisfies OptionNames<WatcherOptions>;

/** Options of `Watcher.runOnce()`. */
export interface RunOnceOptions {
  /** Called after the last check and before the wait for deliveries. */
  readonly onChecked?: (() => void | Promise<void>) | undefined;
}

/** Names of {@linkcode RunOnceOptions}. */
export const RUN_ONCE_OPTION_NAMES = { onChecked: true } as const satisfies OptionNames<RunOnceOptions>;

/** The outcome of `Watcher.runOnce()`. */
export interface OnceOutcome {
  /** In the order in which the runs ended; after an abort some are missing. */
  readonly runs: readonly CheckRun[];
  /** Notices that could not be delivered in time. With a history the next run delivers them. */
  readonly unsent: readonly UnsentNotices[];
}
