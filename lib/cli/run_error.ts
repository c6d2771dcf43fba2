/**
 * What is said of a run that could not be done.
 *
 * @module
 */

import { escapeMessage, escapeText } from "../text/escape/text.ts";
import { type PaintOptions, plain } from "../text/paint.ts";
import { ExitCode } from "./exit_code.ts";
import { LocalFault } from "./local_fault.ts";
import { UsageError } from "./usage_error.ts";

/**
 * Says on one line why a run could not be done, and gives the exit code for it.
 *
 * @param error What was thrown.
 * @param options `paint` marks the beginning of the line.
 * @returns Text for stderr, control characters escaped, and the exit code.
 */
export function formatRunError(
  error: unknown,
  { paint = plain }: PaintOptions = {},
): { text: string; code: ExitCode } {
  const mark = paint("bad", "sonde:");
  if (error instanceof UsageError) {
    return { text: `${mark} ${escapeMessage(error.message)}\nTry sonde --help\n`, code: ExitCode.usage };
  }
  if (error instanceof LocalFault) {
    return { text: `${mark} ${escapeMessage(error.message)}\n`, code: ExitCode.unmeasured };
  }
  // A defect of sonde: the stack is what a report of it needs. Nothing is concluded about any target.
  const stack = error instanceof Error ? error.stack ?? error.message : String(error);
  return {
    text: `${mark} internal error\n${stack.split("\n").map(escapeText).join("\n")}\n`,
    code: ExitCode.unmeasured,
  };
}
