/**
 * Makes the outcome of a check, which formatters show, from one of its runs.
 *
 * @module
 */

import { earliestCertificate } from "../redirect_chain.ts";
import type { CheckOutcome, EndingCertificate } from "../report/check_outcome.ts";
import type { CheckRun } from "./check_run.ts";
import { describeRun } from "./state/describe_run.ts";
import type { Task } from "./tasks/task.ts";

/** Makes the outcome of a check from a run without secrets. */
export function checkOutcome(task: Task, run: CheckRun): CheckOutcome {
  const { check, verdict, state, warnings, result, excluded } = run;
  return {
    name: check,
    verdict,
    cause: verdict === "up" ? null : describeRun(run),
    condition: state.condition,
    since: state.since,
    warnings,
    certificate: endingCertificate(result, task.thresholds.certificateDays),
    excluded,
    tags: task.tags.map((tag) => task.redact(tag)),
  };
}

/** Finds the certificate that ends first, if fewer days are left than one of these. */
function endingCertificate(
  result: CheckRun["result"],
  days: readonly number[],
): EndingCertificate | undefined {
  const earliest = earliestCertificate(result);
  const passed = days.filter((threshold) => earliest !== undefined && earliest.daysLeft < threshold);
  return earliest && passed.length > 0 ? { ...earliest, threshold: Math.min(...passed) } : undefined;
}
