/**
 * Finds open alerts of services such as PagerDuty, which only an event resolves.
 *
 * @module
 */

import type { ChangeKind, StateChange } from "../state/state_change.ts";
import type { NoticeKind } from "../tasks/notice_kinds.ts";
import type { Receiver } from "../tasks/receiver.ts";

/** The parts of a delivered notice that decide if its alert stays open. */
export type ToldChange = Pick<StateChange, "kind" | "to" | "ends">;

/** The subject of an alert; notices of one subject open and resolve the same one. */
export type AlertSubject = "condition" | "certificate" | "measurement" | "behaviour";

/** Finds the subject of a notice. */
export function subjectOf(kind: ChangeKind): AlertSubject {
  switch (kind) {
    case "up":
    case "down":
    case "degraded":
    case "reminder":
    case "flapping":
    case "steady":
    case "removed":
      return "condition";
    case "certificate-soon":
    case "certificate-renewed":
      return "certificate";
    case "behaviour":
      return "behaviour";
    case "unmeasured":
    case "measured":
      return "measurement";
  }
}

/** Tells if a receiver keeps alerts open until an event resolves them. */
export function keepsAlerts({ type }: Pick<Receiver, "type">): boolean {
  return type === "pagerduty";
}

/**
 * Finds the alerts that are open after some notices.
 *
 * @param told Notices in their order
 * @returns For each open alert the kind of the notice that opened it or told of it last
 */
export function openAlerts(told: readonly ToldChange[]): Map<AlertSubject, ChangeKind> {
  const open = new Map<AlertSubject, ChangeKind>();
  for (const change of told) {
    const subject = subjectOf(change.ends ?? change.kind);
    if (isResolved(change)) open.delete(subject);
    // No notice says that a server has returned to its old behaviour.
    else if (subject !== "behaviour") open.set(subject, change.kind);
  }
  return open;
}

function isResolved({ kind, to }: ToldChange): boolean {
  switch (kind) {
    case "up":
    case "certificate-renewed":
    case "measured":
    case "removed":
      return true;
    case "steady":
    case "reminder":
      return to === "up";
    case "down":
    case "degraded":
    case "flapping":
    case "certificate-soon":
    case "unmeasured":
    case "behaviour":
      return false;
  }
}

/** The kind of notice that usually ends an alert; a receiver that leaves it out resolves its alerts by hand. */
export const ENDING_KINDS: Readonly<Record<AlertSubject, NoticeKind>> = {
  condition: "up",
  certificate: "certificate-renewed",
  measurement: "measured",
  behaviour: "behaviour",
};

/** Finds the alert that a change ends, by itself or because of an edit of the task file. */
export function endedAlert(
  { kind, to, quiet, edit, ends }: Pick<StateChange, "kind" | "to" | "quiet" | "edit" | "ends">,
): AlertSubject | undefined {
  if (kind === "removed") return subjectOf(ends ?? kind);
  const isOver = (kind === "up" || kind === "steady") && to === "up" && (quiet !== true || edit === true);
  return isOver ? "condition" : undefined;
}
