/**
 * `sonde watch FILE`: checks at their intervals, or each once.
 *
 * @module
 */

import { HistoryError } from "../watch/history/history_error.ts";
import type { History } from "../watch/history/history.ts";
import { loadTasks } from "../watch/load_tasks.ts";
import { TaskFileError } from "../watch/parse_tasks.ts";
import type { Task, TaskPlan } from "../watch/task.ts";
import { ExitCode } from "./exit_code.ts";
import type { WatchFlags } from "./flags_watch.ts";
import type { CommandIo } from "./io.ts";
import { requireFolderAccess } from "./folder_access.ts";
import { LocalFault } from "./local_fault.ts";
import type { Output } from "./output.ts";
import type { ParsedFlags } from "./parse_flags.ts";
import { UsageError } from "./usage_error.ts";

/** What watching needs, in one place. */
export interface WatchRun {
  readonly file: string;
  readonly flags: WatchFlags;
  readonly io: CommandIo;
  readonly output: Output;
  /** How text is laid out there. */
  readonly view: { readonly colour: boolean; readonly width: number };
  readonly history: History;
  readonly plan: TaskPlan;
}

/**
 * Runs the checks of a task file.
 *
 * @returns The exit code: with `--once` by the results.
 * @throws {UsageError} If the flags do not fit together.
 * @throws {LocalFault} If the history or the output cannot be opened.
 */
export async function runWatch(args: ParsedFlags<WatchFlags>, io: CommandIo): Promise<number> {
  const { flags, operands } = args;
  const [file, ...more] = operands;
  if (file === undefined) throw new UsageError("Cannot watch: no task file was given");
  if (more.length > 0) throw new UsageError(`Cannot watch several files: "${more[0]}" is one too many`);
  if (!flags.once && flags.format !== undefined && flags.format !== "text" && flags.format !== "json") {
    throw new UsageError(`--format ${flags.format} is one document, which has an end: add --once`);
  }
  const plan = flags.format === "nagios"
    ? await loadPlanForPlugin(file, flags.only)
    : await loadPlan(file, flags.only, io);
  if (plan === undefined) return ExitCode.usage;
  if (flags.check) {
    const count = plan.tasks.length;
    if (!flags.quiet) {
      await io.stdout.write(`${file}: ${count} ${count === 1 ? "check is" : "checks are"} in order\n`);
    }
    return ExitCode.ok;
  }
  requireCommands(plan);
  using history = await openHistory(flags.history);
  await using outputFile = flags.output === undefined
    ? undefined
    : await openOutput(flags.output, flags.format);
  const output = outputFile ?? io.stdout;
  const view = { colour: io.colour && !outputFile, width: io.width };
  const run: WatchRun = { file, flags, io, output, view, history, plan };
  try {
    forgetOld(history, flags.keep);
    if (flags.once) return await (await import("./watch_once.ts")).watchOnce(run);
    return await (await import("./watch_loop.ts")).watchOn(run);
  } catch (error) {
    throw asLocalFault(error);
  }
}

/**
 * Reads a task file; what is wrong in it is said on stderr, a line for each mistake.
 *
 * @returns `undefined` if it cannot be used.
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
    const { escapeMessage } = await import("../report/escape.ts");
    await io.stderr.write(
      error.message.split("\n").map((line) => `sonde: ${escapeMessage(line)}\n`).join(""),
    );
    return undefined;
  }
}

/** A monitoring plugin says what is wrong on stdout, in its one line. */
async function loadPlanForPlugin(file: string, only: readonly string[] | undefined): Promise<TaskPlan> {
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

/** That a command may not be run should be known before it is needed. */
function requireCommands({ receivers, redact }: TaskPlan): void {
  for (const receiver of receivers) {
    if (receiver.type !== "command") continue;
    const [command] = receiver.command;
    if (Deno.permissions.querySync({ name: "run", command }).state === "granted") continue;
    const shown = redact(command);
    throw new LocalFault(`Cannot run ${shown}: start Deno with --allow-run=${shown}`);
  }
}

/** Without a file what is found is kept while the process runs. */
async function openHistory(path: string | undefined): Promise<History> {
  const { History } = await import("../watch/history/history.ts");
  if (path !== undefined) {
    requireFolderAccess(["read", "write"], [path, `${path}-wal`, `${path}-shm`]);
  }
  try {
    return new History(path ?? ":memory:");
  } catch (error) {
    throw asLocalFault(error);
  }
}

/**
 * Removes what the history need not hold any more.
 *
 * @param keep Milliseconds; 0 keeps everything.
 * @throws {HistoryError} If it cannot be written.
 */
export function forgetOld(history: History, keep: number): void {
  if (keep > 0) history.forgetBefore(Date.now() - keep);
}

function asLocalFault(error: unknown): unknown {
  return error instanceof HistoryError ? new LocalFault(error.message, { cause: error }) : error;
}

async function openOutput(path: string, format: string | undefined): Promise<Output & AsyncDisposable> {
  if (format === "prom") return new (await import("./replaced_file.ts")).ReplacedFile(path);
  const { FileOutput } = await import("./file_output.ts");
  return await FileOutput.open(path, { append: format !== "har" && format !== "junit" });
}
