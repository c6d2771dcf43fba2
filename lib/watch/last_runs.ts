/**
 * Remembers the last runs of checks, to explain the failures of others.
 *
 * @module
 */

import type { TaskRun } from "./task_run.ts";

/** A run with its times on the clock of `performance.now()`. */
export interface EndedRun {
  readonly began: number;
  readonly ended: number;
  readonly run: TaskRun;
}

/** The parts of the last run of a check that others may need; its result would fill the memory. */
interface LastRun {
  readonly began: number;
  readonly ended: number;
  readonly isDown: boolean;
}

/** The reason why a check is down. */
export interface DownReason {
  readonly why: string;
  /** True if the check was in a window of maintenance meanwhile. */
  readonly inMaintenance: boolean;
}

/** The latest period in which the runs of a check were down. */
interface KnownDown extends DownReason {
  /** Start of the run that ended it. */
  readonly until: number;
}

/** Milliseconds for which a run that found a check down is enough for several failures, at most. */
const REUSE = 1000;

/** The last runs of checks, by name. */
export class LastRuns {
  readonly #ended = new Map<string, LastRun>();
  readonly #downs = new Map<string, KnownDown>();

  /** Adds the last run of a check. */
  add(name: string, { began, ended, run: { verdict, reason, excluded } }: EndedRun): void {
    this.#ended.set(name, { began, ended, isDown: verdict === "down" || reason !== undefined });
    const why = verdict === "down" ? `${name} is down` : reason;
    if (why !== undefined) {
      this.#downs.set(name, { why, inMaintenance: excluded === "maintenance", until: Infinity });
    }
    // A run without a verdict ends nothing.
    if (verdict === "unknown") return;
    const down = this.#downs.get(name);
    if (why === undefined && down?.until === Infinity) this.#downs.set(name, { ...down, until: began });
  }

  /**
   * Tells if the last run of a check is new enough to explain the failure of another one.
   *
   * @param interval Milliseconds from one run of the check to the next
   */
  areNewEnough(name: string, failure: EndedRun, interval: number): boolean {
    const last = this.#ended.get(name);
    if (last === undefined) return false;
    if (last.began >= failure.ended) return true;
    // A check that was up when the other one failed may have gone down since. One that was down explains the failure.
    return last.isDown && last.ended >= failure.began - Math.min(REUSE, interval / 10);
  }

  /** Describes that a check was down during a failure of another one. That one may have ended after its return. */
  whyDown(name: string, failure: EndedRun): DownReason | undefined {
    const down = this.#downs.get(name);
    return down !== undefined && down.until > failure.began ? down : undefined;
  }
}
