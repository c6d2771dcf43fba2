/**
 * Makes a plan of checks that a script defines.
 *
 * @module
 */

import type { CheckDefinition, TaskFile } from "./check_definition.ts";
import type { CheckPlan } from "./load_checks.ts";
import { parseTasks } from "./parse_tasks.ts";
import { PROCESS_SECRETS } from "./secrets.ts";
import type { TaskPlan } from "./task.ts";

/** Checks as a script may give them: a list, the content of a task file, or a task file that was loaded. */
export type WatchedChecks = readonly CheckDefinition[] | TaskFile | CheckPlan;

/**
 * Makes a plan of checks; one that was loaded already stays as it is.
 *
 * @throws {TaskFileError} If a definition has mistakes; the message lists them all
 */
export function toPlan(checks: WatchedChecks): TaskPlan {
  if (typeof checks !== "object" || checks === null) {
    throw new TypeError(
      `Cannot watch ${checks}: pass a list of checks, as in [{ url: "https://example.com/" }]`,
    );
  }
  if ("tasks" in checks) return checks as TaskPlan;
  return parseTasks(checks, { file: "checks", source: PROCESS_SECRETS });
}
