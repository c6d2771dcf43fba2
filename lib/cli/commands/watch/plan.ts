/**
 * The checks and receivers of a watch, from its task file.
 *
 * @module
 */

import { loadTasks } from "../../../watch/tasks/load_tasks.ts";
import type { Task, TaskPlan } from "../../../watch/tasks/task.ts";
import { TaskFileError } from "../../../watch/tasks/task_file_error.ts";
import type { CommandIo } from "../../io.ts";
import { LocalFault } from "../../local_fault.ts";
import { UsageError } from "../../usage_error.ts";

/**
 * Reads a task file, and prints its mistakes on stderr, one a line.
 *
 * @returns `undefined` if the file has mistakes.
 */
export async function loadPlan(
  file: string,
  only: readonly string[] | undefined,
  io: Pick<CommandIo, "stderr">,
): Promise<TaskPlan | undefined> {
  try {
    return await loadWanted(file, only);
  } catch (error) {
    if (!(error instanceof TaskFileError)) throw error;
    const { escapeMessage } = await import("../../../text/escape/text.ts");
    await io.stderr.write(
      error.message.split("\n").map((line) => `sonde: ${escapeMessage(line)}\n`).join(""),
    );
    return undefined;
  }
}

/**
 * Does the same as {@linkcode loadPlan} for the Nagios format, which prints mistakes on stdout in its single
 * line.
 *
 * @throws {UsageError} If the file has mistakes.
 */
export async function loadPlanForPlugin(
  file: string,
  only: readonly string[] | undefined,
): Promise<TaskPlan> {
  try {
    return await loadWanted(file, only);
  } catch (error) {
    if (!(error instanceof TaskFileError)) throw error;
    throw new UsageError(error.message.replaceAll("\n", "; "), { cause: error });
  }
}

async function loadWanted(file: string, only: readonly string[] | undefined): Promise<TaskPlan> {
  const plan = await loadTasks(file);
  const tasks = plan.tasks.filter((task) => isWanted(task, only));
  if (tasks.length === 0 && only !== undefined) {
    throw new TaskFileError(file, [`no check has one of the names or tags ${only.join(", ")}`]);
  }
  return { ...plan, tasks };
}

function isWanted({ name, tags }: Task, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((word) => word === name || tags.includes(word));
}

/**
 * Checks the permission to run the commands of receivers before they are needed.
 *
 * @throws {LocalFault} If a permission is missing.
 */
export function requireCommands({ receivers, redact }: TaskPlan): void {
  for (const receiver of receivers) {
    if (receiver.type !== "command") continue;
    const [command] = receiver.command;
    if (Deno.permissions.querySync({ name: "run", command }).state === "granted") continue;
    const shown = redact(command);
    throw new LocalFault(`Cannot run ${shown}: start Deno with --allow-run=${shown}`);
  }
}
