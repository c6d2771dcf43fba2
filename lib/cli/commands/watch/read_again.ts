/**
 * Reads the task file of a running watch again.
 *
 * @module
 */

import { formatQuantity } from "../../../text/count.ts";
import type { TaskPlan } from "../../../watch/tasks/task.ts";
import type { Watcher } from "../../../watch/watcher.ts";
import type { CommandIo } from "../../io.ts";
import { loadPlan } from "./plan.ts";
import type { WatchRun } from "./run.ts";

/** The plan that a watch follows. */
export interface CurrentPlan {
  plan: TaskPlan;
  /** Files whose changes make the watch read its task file again, also those of a task file with mistakes. */
  files: TaskPlan["files"];
}

/** The parts of a watch that a new plan concerns. */
export interface PlanReader {
  readonly run: Pick<WatchRun, "file" | "flags">;
  readonly watcher: Pick<Watcher, "setChecks">;
  /** Gets the mistakes of the task file. */
  readonly io: Pick<CommandIo, "stderr" | "widthOf">;
  /** Writes a message. */
  readonly complain: (text: string) => void;
  /** Writes a message unless the user wants none. */
  readonly note: (text: string) => void;
}

/** Reads the task file again. If it has mistakes, the watch continues as before. */
export async function readAgain(current: CurrentPlan, reader: PlanReader): Promise<void> {
  const { run: { file, flags }, watcher, io, complain, note } = reader;
  const next = await loadPlan(file, flags.only, io, ({ files }) => current.files = files);
  if (next === undefined) {
    return complain(`Did not load ${file}: sonde continues with ${describePlan(current.plan)}`);
  }
  const changes = describeChanges(current.plan, next);
  current.plan = next;
  current.files = next.files;
  watcher.setChecks(next);
  note(`Read ${file} again: ${describePlan(next)}, ${changes}`);
}

/** Describes how many checks and receivers a plan has. */
export function describePlan({ tasks, receivers }: TaskPlan): string {
  const checks = formatQuantity(tasks.length, "check");
  return receivers.length === 0 ? checks : `${checks} for ${formatQuantity(receivers.length, "receiver")}`;
}

/** Describes what a reload changed. A check whose name has changed is a new one. */
function describeChanges(before: TaskPlan, after: TaskPlan): string {
  const known = new Map(before.tasks.map(({ name, identity }) => [name, identity]));
  const names = new Set(after.tasks.map(({ name }) => name));
  const counts: readonly (readonly [number, string])[] = [
    [after.tasks.filter(({ name }) => !known.has(name)).length, "new"],
    [
      after.tasks.filter(({ name, identity }) => (known.get(name) ?? identity) !== identity).length,
      "changed",
    ],
    [before.tasks.filter(({ name }) => !names.has(name)).length, "removed"],
  ];
  return counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`).join(", ") ||
    "no check has changed";
}
