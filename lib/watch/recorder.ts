/**
 * Turns each run of a check into its new state, and records both.
 *
 * @module
 */

import type { CheckRun } from "./check_run.ts";
import type { WatchedRun } from "./check_runner.ts";
import { keepsAlerts, openAlerts } from "./delivery/alerts.ts";
import { type ChangeNotice, changeNotice } from "./delivery/change_notice.ts";
import { addressDigest, receiverDigest } from "./delivery/receiver_digest.ts";
import { type ToldStory, wants } from "./delivery/wants.ts";
import type { DigestedReceiver } from "./history/delivery_queue.ts";
import type { History } from "./history/history.ts";
import { withProfile } from "./kept_profile.ts";
import { makeCheckRun, redactState } from "./make_check_run.ts";
import { advanceState } from "./state/advance.ts";
import type { StateChange } from "./state/state_change.ts";
import { redactAll } from "./redaction/redact_all.ts";
import type { Receiver } from "./tasks/task.ts";

/** A receiver with its digests, which take longer to compute than a run takes to record. */
interface KnownReceiver extends DigestedReceiver {
  readonly receiver: Receiver;
}

/** Turns runs into states, writes both into the history, and queues notices for the receivers. */
export class Recorder {
  readonly #history: History;
  #receivers: readonly KnownReceiver[] = [];
  readonly #onQueued: () => void;

  /** @param options `onQueued` is called after each run that queued a notice */
  constructor(
    history: History,
    receivers: readonly Receiver[] = [],
    options: { readonly onQueued?: (() => void) | undefined } = {},
  ) {
    this.#history = history;
    this.setReceivers(receivers);
    this.#onQueued = options.onQueued ?? (() => {});
  }

  /** Replaces the receivers of the notices. */
  setReceivers(receivers: readonly Receiver[]): void {
    this.#receivers = receivers.map((receiver) => ({
      receiver,
      digest: receiverDigest(receiver),
      address: addressDigest(receiver),
    }));
  }

  /**
   * Records a run.
   *
   * @returns The run with its state and changes, without secrets
   * @throws {HistoryError} If the history cannot be written
   */
  record(watched: WatchedRun): CheckRun {
    const { task, run, skipped } = watched;
    // The secrets in a notice are those of its task: after a reload the plan may have others.
    const redact = (text: string): string => task.redact(text);
    const toNotice = (change: StateChange): ChangeNotice =>
      redactAll(changeNotice(task, change, run.result), redact);
    let hasQueued = false;
    const messages = this.#receivers.map((known) => ({
      receiver: known.digest,
      address: known.address,
      message: (change: StateChange) => {
        if (!wants(known.receiver, task, change, this.#toldOf(task.name, known))) return undefined;
        hasQueued = true;
        return JSON.stringify(toNotice(change));
      },
    }));
    // Another process may watch the same check in the same history. One transaction makes sure that each change is
    // noticed by one of the two, and sent once.
    const made = this.#history.atomically(() => {
      const before = this.#history.stateOf(task.name);
      const advanced = advanceState(before, run, task);
      const state = withProfile(redactState(advanced.state, redact), run);
      const { changes } = advanced;
      this.#history.record({ task, run, state, changes, skipped, messages, redact });
      return makeCheckRun(watched, { state, changes });
    });
    if (hasQueued) this.#onQueued();
    return made;
  }

  /** Finds out what a receiver was told of a check. */
  #toldOf(check: string, known: KnownReceiver): ToldStory {
    const { deliveries } = this.#history;
    return {
      told: deliveries.told(check, known, this.#receivers),
      alerts: keepsAlerts(known.receiver)
        ? [...openAlerts(deliveries.toldOf(check, known.address)).keys()]
        : undefined,
    };
  }
}
