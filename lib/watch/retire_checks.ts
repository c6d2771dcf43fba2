/**
 * Records the checks of a task file, and ends the alerts of those that left it.
 *
 * @module
 */

import { withoutUndefined } from "../without_undefined.ts";
import { ENDING_KINDS, keepsAlerts, openAlerts } from "./delivery/alerts.ts";
import type { ChangeNotice } from "./delivery/change_notice.ts";
import { addressDigest, receiverDigest } from "./delivery/receiver_digest.ts";
import type { RemovedCheck } from "./history/check_register.ts";
import type { History } from "./history/history.ts";
import type { CheckState } from "./state/check_state.ts";
import { changeTitle } from "./state/change_title.ts";
import { retire } from "./state/retire.ts";
import type { ChangeKind, StateChange } from "./state/state_change.ts";
import { redactAll } from "./redaction/redact_all.ts";
import type { TaskPlan } from "./tasks/task.ts";

/** A receiver with the kinds of notices whose alerts it has open. */
interface OpenAlerts {
  readonly receiver: string;
  readonly address: string;
  readonly open: readonly ChangeKind[];
}

/**
 * Notes the checks of a plan in the history. In the same transaction it queues the notices that end the alerts of
 * checks that were removed.
 *
 * @throws {HistoryError} If the file cannot be written
 */
export function noteChecks(history: History, plan: Pick<TaskPlan, "source" | "receivers" | "redact">): void {
  const { source, receivers, redact } = plan;
  if (source === undefined) return;
  history.setSource(source, (check) => {
    const state = history.stateOf(check.name);
    const alerts = receivers.filter(keepsAlerts).map((receiver): OpenAlerts => {
      const address = addressDigest(receiver);
      const open = [...openAlerts(history.deliveries.toldOf(check.name, address))];
      const wanted = open.filter(([subject]) => receiver.on?.includes(ENDING_KINDS[subject]) ?? true);
      return { receiver: receiverDigest(receiver), address, open: wanted.map(([, kind]) => kind) };
    });
    const kinds = new Set(alerts.flatMap(({ open }) => open));
    history.amend(check.name, {
      state: retire(state),
      changes: [...kinds].map((ends) => removalOf(state, ends)),
      messages: alerts.map(({ open, ...receiver }) => ({
        ...receiver,
        message: (change) =>
          change.ends !== undefined && open.includes(change.ends)
            ? JSON.stringify(redactAll(noticeOf(check, change), redact))
            : undefined,
      })),
      redact,
    });
  });
}

function removalOf({ condition, since }: CheckState, ends: ChangeKind): StateChange {
  return {
    kind: "removed",
    at: new Date().toISOString(),
    from: condition,
    to: condition,
    since,
    cause: "the task file no longer has the check",
    quiet: true,
    edit: true,
    ends,
  };
}

function noticeOf({ name, url, tags }: RemovedCheck, change: StateChange): ChangeNotice {
  const title = changeTitle(name, change);
  return withoutUndefined({ schema: 1, check: name, url, tags, title, ...change, status: null, total: 0 });
}
