/**
 * Describes why a run has its verdict.
 *
 * @module
 */

import { describeBrokenCheck } from "../../report/describe_check.ts";
import type { TaskRun } from "../run_task.ts";

/** Describes why a run has its verdict. */
export function describeRun({ result, warnings, reason }: TaskRun): string {
  if (reason !== undefined) return reason;
  const { error, ok, status, checks } = result;
  if (error !== undefined && !ok) return `${error.kind} in ${error.phase}: ${error.message}`;
  const broken = [...checks, ...warnings].filter((it) => !it.ok).map(describeBrokenCheck);
  if (broken.length > 0) return broken.join(", ");
  return error === undefined
    ? `status ${status}, everything holds`
    : `${error.kind} in ${error.phase}, as expected`;
}
