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
  const { error, status, checks } = result;
  if (error !== undefined) return `${error.kind} in ${error.phase}: ${error.message}`;
  const broken = [...checks, ...warnings].filter(({ ok }) => !ok).map(describeBrokenCheck);
  return broken.length === 0 ? `status ${status}, everything holds` : broken.join(", ");
}
