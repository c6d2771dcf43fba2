/**
 * Decides which notices a receiver gets.
 *
 * @module
 */

import type { StateChange } from "../state/state_change.ts";
import type { NoticeKind } from "../tasks/notice_kinds.ts";
import type { Receiver, Task } from "../tasks/task.ts";

/** Tells if a receiver gets the notice of a change. */
export function wants(
  receiver: Pick<Receiver, "on" | "only">,
  task: Pick<Task, "name" | "tags" | "on">,
  change: Pick<StateChange, "kind"> & { readonly quiet?: true | undefined },
): boolean {
  if (change.quiet === true || !concerns(receiver, task)) return false;
  return includes(receiver.on, change.kind) && includes(task.on, change.kind);
}

/** Tells if a receiver gets notices of a check at all. */
function concerns({ only }: Pick<Receiver, "only">, { name, tags }: Pick<Task, "name" | "tags">): boolean {
  return only === undefined || only.some((word) => word === name || tags.includes(word));
}

function includes(on: readonly NoticeKind[] | undefined, kind: NoticeKind): boolean {
  return on === undefined || on.includes(kind);
}
