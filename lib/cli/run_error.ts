/**
 * Formats the message about a run that failed as a whole.
 *
 * @module
 */

import { escapeText } from "../text/escape/text.ts";
import { layOut } from "../text/layout.ts";
import { type PaintOptions, plain } from "../text/paint.ts";
import { ExitCode } from "./exit_code.ts";
import { LocalFault } from "./local_fault.ts";
import {
  FlagOfOtherCommandError,
  InterruptedQuestion,
  MisplacedFlagError,
  UsageError,
} from "./usage_error.ts";

/** Settings of {@linkcode formatRunError}. */
export interface RunErrorOptions extends PaintOptions {
  /** Name of the command as the user typed it, whose help is the next step; absent for `sonde URL`. */
  readonly command?: string | undefined;
  /** Columns of the terminal. @default Infinity, which breaks no line: for pipes and logs */
  readonly width?: number | undefined;
}

/**
 * Formats the error of a run that failed as a whole, and gives its exit code.
 *
 * @param error The error that was thrown.
 * @param options `paint` marks the beginning of the line.
 * @returns Text for stderr, with control characters escaped, and the exit code.
 */
export function formatRunError(
  error: unknown,
  { paint = plain, command, width = Infinity }: RunErrorOptions = {},
): { text: string; code: ExitCode } {
  const say = (message: string): string =>
    layOut([["bad", "sonde:"], ` ${message}`], { width, paint, verbose: false }).join("\n");
  if (error instanceof InterruptedQuestion) return { text: "", code: ExitCode.interrupted };
  if (error instanceof UsageError) {
    // The command lines that follow are the next step.
    if (error instanceof MisplacedFlagError) return { text: `${say(error.message)}\n`, code: ExitCode.usage };
    const owner = error instanceof FlagOfOtherCommandError ? error.command : command;
    const help = owner === undefined ? "sonde --help" : `sonde ${owner} --help`;
    return { text: `${say(error.message)}\nTry ${help}\n`, code: ExitCode.usage };
  }
  if (error instanceof LocalFault) {
    return { text: `${say(error.message)}\n`, code: ExitCode.unmeasured };
  }
  // A bug in sonde. The stack is there for the bug report; the bug says nothing about any target.
  const stack = error instanceof Error ? error.stack ?? error.message : String(error);
  return {
    text: `${say("internal error")}\n${stack.split("\n").map(escapeText).join("\n")}\n`,
    code: ExitCode.unmeasured,
  };
}
