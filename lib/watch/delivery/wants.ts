/**
 * Decides which notices a receiver gets.
 *
 * @module
 */

import { isChosen } from "../is_chosen.ts";
import type { Condition } from "../state/check_state.ts";
import type { StateChange } from "../state/state_change.ts";
import type { NoticeKind } from "../tasks/notice_kinds.ts";
import type { Receiver, Task } from "../tasks/task.ts";
import { type AlertSubject, endedAlert, ENDING_KINDS } from "./alerts.ts";

/** Kinds about the watch itself, and not about the site: a receiver gets them only if `on` names them. */
const ON_REQUEST: readonly NoticeKind[] = ["unmeasured", "measured"];

/** The parts of a change that decide. */
type DecidingChange = Pick<StateChange, "kind" | "from" | "to" | "quiet" | "edit" | "ends">;

/** The earlier notices of a check that decide if a receiver gets the next one. */
export interface ToldStory {
  /** The condition in the last notice to the receiver; `undefined` if it had none. */
  readonly told?: Condition | undefined;
  /** Subjects of the alerts that the receiver keeps open: it must learn of every end. */
  readonly alerts?: readonly AlertSubject[] | undefined;
}

/**
 * Tells if a receiver gets the notice of a change.
 *
 * A receiver that leaves out some kinds must still get a consistent story: no recovery from something that it was never
 * told, and in the end the condition that the check has.
 */
export function wants(
  receiver: Pick<Receiver, "on" | "only">,
  task: Pick<Task, "name" | "tags" | "on">,
  change: DecidingChange,
  { told, alerts = [] }: ToldStory = {},
): boolean {
  const { kind, from, to, quiet } = change;
  const ended = endedAlert(change);
  if (ended !== undefined && alerts.includes(ended)) return includes(receiver.on, ENDING_KINDS[ended]);
  if (kind === "removed") return false;
  if (quiet === true || !isChosen(task, receiver.only)) return false;
  if (ON_REQUEST.includes(kind) && !(receiver.on ?? task.on)?.includes(kind)) return false;
  const has = (wanted: Condition | NoticeKind): boolean =>
    wanted !== "new" && includes(receiver.on, wanted) && includes(task.on, wanted);
  if (kind === "steady") return has(kind) || to !== (told ?? "up") && has(to);
  if (kind !== "up" || !has(kind)) return has(kind);
  const isToldOfTrouble = told === "down" || told === "degraded";
  // A receiver that wants recoveries only gets all of them.
  return isToldOfTrouble || has(from) || !(has("down") || has("degraded"));
}

function includes(on: readonly NoticeKind[] | undefined, kind: NoticeKind): boolean {
  return on === undefined || on.includes(kind);
}
