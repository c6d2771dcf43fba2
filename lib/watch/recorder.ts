/**
 * What is made of each run of a watch.
 *
 * @module
 */

import type { Deliverer } from "./delivery/deliverer.ts";
import { type ChangeNotice, changeNotice, receiverDigest } from "./delivery/notify.ts";
import type { History } from "./history/history.ts";
import { advanceState, type StateChange } from "./state.ts";
import { redactAll } from "./tasks/secrets.ts";
import type { TaskPlan } from "./tasks/task.ts";
import type { WatchedRun } from "./scheduler.ts";

/** Takes runs to states, writes both down, and has receivers told. */
export class Recorder {
  readonly #history: History;
  readonly #deliverer: Deliverer;
  #plan: TaskPlan;

  constructor(history: History, deliverer: Deliverer, plan: TaskPlan) {
    this.#history = history;
    this.#deliverer = deliverer;
    this.#plan = plan;
  }

  /** Uses the receivers and secrets of another plan from now on. */
  setPlan(plan: TaskPlan): void {
    this.#plan = plan;
    this.#deliverer.setReceivers(plan);
  }

  /**
   * Takes a run in.
   *
   * @returns What changed by it, secrets taken out.
   * @throws {HistoryError} If it cannot be written down.
   */
  record({ task, run, skipped }: WatchedRun): ChangeNotice[] {
    // What is told comes from the task, and so do the secrets that may be in it: after a reload the plan has others.
    const redact = (text: string): string => task.redact(text);
    const { receivers } = this.#plan;
    const tell = (change: StateChange): ChangeNotice =>
      redactAll(changeNotice(task, change, run.result), redact);
    const messages = receivers.map((receiver) => ({
      receiver: receiverDigest(receiver),
      message: (change: StateChange) => JSON.stringify(tell(change)),
    }));
    // Another process may watch the same check in the same history: each change is one of theirs, and told once.
    const changes = this.#history.atomically(() => {
      const before = this.#history.stateOf(task.name);
      const { state, changes } = advanceState(before, run, task.thresholds);
      this.#history.record({ task, run, state, changes, skipped, messages, redact });
      return changes;
    });
    if (changes.length > 0) this.#deliverer.wake();
    return changes.map(tell);
  }
}
