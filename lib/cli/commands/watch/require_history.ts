/**
 * Finds checks and receivers that need a history from run to run.
 *
 * @module
 */

import type { Task, TaskPlan } from "../../../watch/tasks/task.ts";
import { UsageError } from "../../usage_error.ts";

/**
 * Refuses to run checks once without a history if the task file counts runs in a row or has receivers: the next process
 * would start from nothing.
 *
 * @throws {UsageError} If a history is needed; the message names the flag.
 */
export function requireHistory({ tasks, receivers, redact }: TaskPlan): void {
  const [receiver] = receivers;
  const counting = tasks.flatMap((task) => countedKeys(task).map((key) => `${redact(task.name)} has ${key}`));
  const reasons = [
    ...counting.length === 0 ? [] : [`count from run to run: ${counting[0]}${describeMore(counting.length)}`],
    ...receiver === undefined
      ? []
      : [`know what it told ${receiver.place}${describeMore(receivers.length)} before`],
  ];
  if (reasons.length === 0) return;
  throw new UsageError(
    `Cannot run checks once without a history: add --history FILE, because without it sonde cannot ${
      reasons.join(", and cannot ")
    }`,
  );
}

function countedKeys({ thresholds: { failures, successes }, remind }: Task): string[] {
  const counts = Object.entries({ failures, successes }).filter(([, count]) => count > 1);
  return [...counts.map(([key, count]) => `${key}: ${count}`), ...remind === undefined ? [] : ["remind"]];
}

function describeMore(count: number): string {
  return count > 1 ? ` and ${count - 1} more` : "";
}
