/**
 * `sonde watch FILE`: checks at their intervals, or each once.
 *
 * @module
 */

import { chosenFormat, traitsOf } from "../../output/formats.ts";
import { ExitCode } from "../../exit_code.ts";
import type { WatchFlags } from "./flags.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import type { CommandIo } from "../../io.ts";
import { writeNote } from "../../output/note.ts";
import { openOutput } from "../../output/open_output.ts";
import { chooseRowLook } from "../../output/row_look.ts";
import { refuseOwnInput } from "../../output/refuse_own_input.ts";
import { databaseFiles } from "../../output/database_files.ts";
import { missingOperand, UsageError } from "../../usage_error.ts";
import { asLocalFault, openHistory } from "./history.ts";
import {
  flagsOfMistakes,
  isMissingPermission,
  loadPlan,
  loadPlanForPlugin,
  requireCommands,
} from "./plan.ts";
import { requireHistory } from "./require_history.ts";
import { requireTaskFile } from "./require_task_file.ts";
import type { WatchRun } from "./run.ts";

/**
 * Runs the checks of a task file.
 *
 * @returns The exit code; with `--once` it depends on the results.
 * @throws {UsageError} If the flags do not fit together.
 * @throws {LocalFault} If the task file, the history or the output cannot be opened.
 */
export async function runWatch(args: ParsedFlags<WatchFlags>, io: CommandIo): Promise<number> {
  const { flags } = args;
  const file = chooseFile(args);
  if (flags.check) return await (await import("./check_file.ts")).checkFile(file, flags, io);
  io.missing?.need(async () => await (await import("./check_file.ts")).findNeeded(file, flags));
  let mistakes: readonly string[] = [];
  const plan = traitsOf(flags).ownExitCodes
    ? await loadPlanForPlugin(file, flags.only)
    : await loadPlan(file, flags.only, io, ({ problems }) => mistakes = problems);
  if (plan === undefined) return await explainMistakes(mistakes, io);
  if (flags.once && flags.history === undefined) requireHistory(plan);
  requireCommands(plan);
  using history = await openHistory(flags.history);
  await refuseOwnInput(flags.output, [
    ...databaseFiles(flags.history),
    { path: file, what: "the task file" },
    ...plan.files.map((path) => ({ path, what: "a file that the task file names" })),
  ]);
  await using outputFile = await openOutput(flags, io, {
    append: !traitsOf(flags).oneDocument,
  });
  const output = outputFile ?? io.stdout;
  const view = await chooseRowLook(output, io);
  const run: WatchRun = { file, flags, io, output, view, history, plan };
  try {
    if (flags.once) return await (await import("./once.ts")).watchOnce(run);
    return await (await import("./loop.ts")).watchOn(run);
  } catch (error) {
    throw asLocalFault(error);
  }
}

function chooseFile(args: ParsedFlags<WatchFlags>): string {
  const { flags, operands } = args;
  const [file, ...more] = operands;
  if (file === undefined) {
    throw missingOperand("Cannot watch: no task file was given", args, "watch checks.json");
  }
  if (more.length > 0) throw new UsageError(`Cannot watch several files: "${more[0]}" is one file too many`);
  if (/^https?:\/\//i.test(file) && !/\.[cm]?[jt]s(?:[?#]|$)/i.test(file)) {
    throw new UsageError(
      `Cannot watch ${file}: a task file is needed, with {"checks":[{"url":${JSON.stringify(file)}}]}`,
    );
  }
  const format = chosenFormat(flags);
  if (!flags.once && format !== "text" && format !== "json") {
    throw new UsageError(`--format ${format} makes one document at the end of a run: add --once`);
  }
  requireTaskFile(file);
  return file;
}

/** Says what to do about the mistakes of a task file, which are printed already. Gives the exit code. */
async function explainMistakes(mistakes: readonly string[], io: CommandIo): Promise<ExitCode> {
  if (!mistakes.every(isMissingPermission)) {
    await io.stderr.write("Try sonde watch --help\n");
    return ExitCode.usage;
  }
  io.missing?.add(flagsOfMistakes(mistakes));
  if (mistakes.some((mistake) => mistake.includes("it may not be read"))) {
    await writeNote("further permissions are known once sonde may read the file", io);
  }
  return ExitCode.unmeasured;
}
