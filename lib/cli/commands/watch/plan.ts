/**
 * The checks and receivers of a watch, from its task file.
 *
 * @module
 */

import { describeLeftOut, leftOutOf } from "../../../watch/tasks/left_out.ts";
import { loadTasks } from "../../../watch/tasks/load_tasks.ts";
import type { SecretSource } from "../../../watch/tasks/secrets.ts";
import type { TaskPlan } from "../../../watch/tasks/task.ts";
import { TaskFileError } from "../../../watch/tasks/task_file_error.ts";
import type { CommandIo } from "../../io.ts";
import { writeNotes } from "../../output/note.ts";
import { MissingPermission } from "../../local_fault.ts";
import { chooseWanted, describeNotFound, describeUnknown, type WantedChecks } from "../../only.ts";
import { lackedPermissions } from "./module_permissions.ts";
import { formatFlag } from "../../start/permission.ts";
import { UsageError } from "../../usage_error.ts";

/** Tells if a mistake of a task file is a missing permission, which a flag of Deno grants. */
export function isMissingPermission(problem: string): boolean {
  return /this needs --allow-|Requires \w+ access to /.test(problem);
}

/** Finds the flags of Deno that mistakes name. */
export function flagsOfMistakes(problems: readonly string[]): string[] {
  return [
    ...problems.flatMap((problem) => /this needs (--allow-.+)$/.exec(problem)?.[1] ?? []),
    ...lackedPermissions(problems).map(formatFlag),
  ];
}

/** The chosen checks. */
export interface WantedPlan extends TaskPlan {
  /** Describes the names and tags that chose no check. */
  readonly unknown: readonly string[];
}

/**
 * Reads a task file, and prints its mistakes on stderr, one a line. It also names the checks that are left out but needed.
 *
 * @param onMistakes Called if the file has mistakes.
 * @returns `undefined` if the file has mistakes.
 */
export async function loadPlan(
  file: string,
  only: readonly WantedChecks[],
  io: Pick<CommandIo, "stderr" | "widthOf">,
  onMistakes: (error: TaskFileError) => void = () => {},
): Promise<TaskPlan | undefined> {
  try {
    const plan = await loadWanted(file, only);
    const { tasks, leftOut = [] } = plan;
    const notes = [...describeLeftOut(tasks, leftOut), ...plan.unknown];
    if (notes.length > 0) await writeNotes(notes.map((line) => plan.redact(line)), io);
    return plan;
  } catch (error) {
    if (!(error instanceof TaskFileError)) throw error;
    onMistakes(error);
    await writeNotes(error.message.split("\n"), io);
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
  only: readonly WantedChecks[],
): Promise<TaskPlan> {
  try {
    return await loadWanted(file, only);
  } catch (error) {
    if (!(error instanceof TaskFileError)) throw error;
    throw new UsageError(error.message.replaceAll("\n", "; "), { cause: error });
  }
}

/**
 * Reads a task file, and chooses checks.
 *
 * @throws {TaskFileError} If the file has mistakes, or no such check.
 */
export async function loadWanted(
  file: string,
  only: readonly WantedChecks[],
  source?: SecretSource,
): Promise<WantedPlan> {
  const plan = await loadTasks(file, source);
  const tasks = chooseWanted(only, plan.tasks);
  if (tasks.length === 0) throw new TaskFileError(file, [describeNotFound(only, plan.tasks)]);
  return {
    ...plan,
    tasks,
    leftOut: leftOutOf(tasks, plan.tasks),
    unknown: describeUnknown(only, plan.tasks),
  };
}

/**
 * Checks the permission to run the commands of receivers before they are needed.
 *
 * @throws {MissingPermission} If a permission is missing.
 */
export function requireCommands({ receivers, redact }: TaskPlan): void {
  for (const receiver of receivers) {
    if (receiver.type !== "command") continue;
    const [command] = receiver.command;
    if (Deno.permissions.querySync({ name: "run", command }).state === "granted") continue;
    const shown = redact(command);
    throw new MissingPermission(`run ${shown}`, [formatFlag({ access: "run", value: shown })]);
  }
}
