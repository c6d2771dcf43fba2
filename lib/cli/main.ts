/**
 * Runs the program, from the arguments to the exit code.
 *
 * @module
 */

import { chooseCommand, refuseMisplacedCommand, typedCommand } from "./choose_command.ts";
import type { Command } from "./command.ts";
import { ExitCode } from "./exit_code.ts";
import type { FlagGroups, FlagValues } from "./flags/flag.ts";
import { type ParsedFlags, parseFlags } from "./flags/parse_flags.ts";
import { Interrupt } from "./interrupt.ts";
import { createIo, widthOf } from "./io.ts";
import { MissingPermission } from "./local_fault.ts";
import { findColorChoice } from "./output/color_choice.ts";
import { paintFor } from "./output/colours.ts";
import { hasDumbTerminal } from "./output/dumb_terminal.ts";
import { type Output, StreamOutput } from "./output/output.ts";
import { ERASE_ALL } from "./output/status_line.ts";
import { MissingPermissions } from "./start/missing_permissions.ts";
import { MisplacedFlagError } from "./usage_error.ts";

/**
 * Runs the command that the arguments name, and prints its output.
 *
 * @param args The arguments of the process.
 * @returns The exit code. Errors go to stderr.
 */
export async function main(args: readonly string[]): Promise<number> {
  const dumb = await hasDumbTerminal();
  const stderr = new StreamOutput(Deno.stderr, "stderr", { dumb });
  const missing = new MissingPermissions();
  const code = await runOrComplain(args, new StreamOutput(Deno.stdout, "stdout", { dumb }), {
    stderr,
    missing,
  });
  if (missing.flags.length > 0 && !wantsNagios(args)) {
    const { adviseRun } = await import("./start/advise_run.ts");
    await adviseRun(args, missing, stderr, stderr.terminal ? widthOf(stderr) : undefined);
  }
  return code;
}

/** The output for errors, and the missing permissions among them. */
interface Complaints {
  readonly stderr: Output;
  readonly missing: MissingPermissions;
}

async function runOrComplain(
  args: readonly string[],
  stdout: Output,
  complaints: Complaints,
): Promise<number> {
  const { stderr, missing } = complaints;
  try {
    return await run(args, stdout, complaints);
  } catch (error) {
    if (wantsNagios(args)) return await answerNagios(error);
    if (error instanceof MissingPermission || error instanceof MisplacedFlagError) missing.add(error.flags);
    const { formatRunError } = await import("./run_error.ts");
    const { lossyOutput } = await import("./output/lossy_output.ts");
    const { text, code } = formatRunError(error, {
      paint: paintFor(stderr, { color: findColorChoice(args) }),
      command: typedCommand(args),
      width: stderr.terminal ? widthOf(stderr) : undefined,
    });
    // If stderr fails too, the exit code still reports the failure.
    await lossyOutput(stderr, () => {}).write(text);
    return code;
  }
}

async function readFlags<Groups extends FlagGroups>(
  args: readonly string[],
  groups: Groups,
  command: Command,
): Promise<ParsedFlags<FlagValues<Groups>>> {
  try {
    return parseFlags(args, groups);
  } catch (error) {
    throw await (await import("./flags/explain_flag.ts")).explainFlag(error, command, args);
  }
}

/** Looks for a flag for help by hand, since the flags around it may be wrong. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end === -1 ? undefined : end).some((arg) => arg === "-h" || arg === "--help");
}

/** Looks for the flag by hand, since the error may come from parsing the flags. */
function wantsNagios(args: readonly string[]): boolean {
  return args.some((arg, index) =>
    arg === "--format=nagios" || (arg === "--format" && args[index + 1] === "nagios")
  );
}

/** Prints an error as a monitoring plugin does: monitoring systems read only stdout, and know four exit codes. */
async function answerNagios(error: unknown): Promise<number> {
  const { formatNagiosUnknown } = await import("../report/nagios.ts");
  const message = error instanceof Error ? error.message : String(error);
  await new StreamOutput(Deno.stdout, "stdout").write(formatNagiosUnknown(message));
  return 3;
}

async function run(
  args: readonly string[],
  stdout: Output,
  { stderr, missing }: Complaints,
): Promise<number> {
  if (args.length === 0) return await showTasks(stderr);
  const { command, rest } = chooseCommand(args);
  const groups = await command.loadFlags();
  const color = findColorChoice(args);
  const parsed = await readFlags(rest, groups, command).catch((error) => {
    // Who types a wrong flag often adds -h to the same line.
    if (asksForHelp(rest)) return undefined;
    throw error;
  });
  if (parsed === undefined || parsed.flags.help) {
    const { formatAskedHelp } = await import("./help/asked_help.ts");
    const view = { paint: paintFor(stdout, { color }), width: widthOf(stdout) };
    const operands = parsed?.operands ?? [];
    await stdout.write(await formatAskedHelp(args, { command, operands }, view));
    return ExitCode.ok;
  }
  const { operands, flags: { version } } = parsed;
  if (version) {
    const { formatVersion } = await import("./commands/version/command.ts");
    await stdout.write(formatVersion());
    return ExitCode.ok;
  }
  refuseMisplacedCommand(args, operands);
  using interrupt = new Interrupt(() => {
    // The cursor stands in front of the progress line, where the shell would write its prompt.
    if (stderr.terminal) Deno.stderr.writeSync(new TextEncoder().encode(ERASE_ALL));
    Deno.exit(ExitCode.interrupted);
  });
  const io = createIo({ stdout, stderr, signal: interrupt.signal, missing, args, color });
  // The command's own tables parsed the flags, but the row does not carry their types.
  const code = await command.run(parsed as ParsedFlags<never>, io);
  if (interrupt.signal.aborted || "quiet" in parsed.flags && parsed.flags.quiet) missing.clear();
  return interrupt.signal.aborted ? ExitCode.interrupted : code;
}

/** Answers `sonde` alone: nothing was probed, so the exit code is that of a wrong command line. */
async function showTasks(stderr: Output): Promise<number> {
  const { formatTasks } = await import("./help/short_help.ts");
  await stderr.write(formatTasks({ paint: paintFor(stderr), width: widthOf(stderr) }));
  return ExitCode.usage;
}
