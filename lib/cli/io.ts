/**
 * The parts of the process that a command uses, as an object.
 *
 * @module
 */

import type { Paint } from "../text/paint.ts";
import type { ColorChoice } from "./output/color_choice.ts";
import { paintFor } from "./output/colours.ts";
import type { Output } from "./output/output.ts";
import { StatusLine } from "./output/status_line.ts";
import type { MissingPermissions } from "./start/missing_permissions.ts";

/** The parts of the process that a command uses. A test replaces them. */
export interface CommandIo {
  /** Standard output, for results only. */
  readonly stdout: Output;
  /** Standard error, for notes, progress and errors. */
  readonly stderr: Output;
  readonly stdin: ReadableStream<Uint8Array>;
  /** Asks a question on the terminal; yes is `true`. Absent without a terminal. */
  readonly ask?: ((question: string) => Promise<boolean>) | undefined;
  /** Asks for a password on the terminal; gives `null` if the user enters none. Absent without a terminal. */
  readonly askSecret?: ((question: string) => Promise<string | null>) | undefined;
  /** Aborted when the user interrupts the run. The command then ends at once, with exit code 130. */
  readonly signal: AbortSignal;
  /** Gives the styles for an output: colours on a terminal, or as `--color` says. */
  paintFor(output: Pick<Output, "terminal">): Promise<Paint>;
  /** The progress of a run, on the last line of the terminal. Text of `stdout` and `stderr` appears above it. */
  readonly status: StatusLine;
  /** Columns that the terminal of stdout has at the moment, or 80 without a terminal. */
  readonly width: number;
  /** Gives the columns of an output at the moment: 80 without a terminal. */
  widthOf(output: Output): number;
  /** Takes the permissions that the run lacks, for the advice at its end. */
  readonly missing?: MissingPermissions | undefined;
  /** The arguments of the process, for the command line that repeats a run. */
  readonly args?: readonly string[] | undefined;
  /** A monotonic clock in milliseconds. */
  now(): number;
}

/** Makes the object for this process; the options hold the parts that differ from run to run. */
export function createIo(
  options: Pick<CommandIo, "stdout" | "stderr" | "signal" | "missing" | "args"> & { color: ColorChoice },
): CommandIo {
  const { stdout, stderr, signal, missing, args, color } = options;
  const status = new StatusLine(stderr, terminalColumns);
  const questions = stderr.terminal && Deno.stdin.isTerminal() ? questionsOn({ stderr, signal }) : undefined;
  return {
    stdout: status.above(stdout),
    stderr: status.above(stderr),
    status,
    signal,
    missing,
    ask: questions?.ask,
    askSecret: questions?.askSecret,
    args,
    paintFor: (output) => Promise.resolve(paintFor(output, { color })),
    get width() {
      return Deno.stdout.isTerminal() ? usableWidth(terminalColumns()) : UNKNOWN_WIDTH;
    },
    widthOf,
    now: () => performance.now(),
    get stdin() {
      return Deno.stdin.readable;
    },
  };
}

/** Gives the questions that a terminal can be asked. */
function questionsOn(terminal: Pick<CommandIo, "stderr" | "signal">): Pick<CommandIo, "ask" | "askSecret"> {
  return {
    ask: async (question) => await (await import("./ask_on_terminal.ts")).askOnTerminal(question, terminal),
    askSecret: async (question) => await (await import("./ask_secret.ts")).askSecret(question, terminal),
  };
}

/** Gives the columns of an output at the moment: 80 without a terminal. */
export function widthOf({ terminal }: Pick<Output, "terminal">): number {
  return usableWidth(terminal ? terminalColumns() : UNKNOWN_WIDTH);
}

/** Gives the columns of the terminal at the moment. */
function terminalColumns(): number {
  return Deno.consoleSize().columns || UNKNOWN_WIDTH;
}

/** Columns of a terminal that does not know its width, and of text for files and pipes. */
const UNKNOWN_WIDTH = 80;

/**
 * Gives the columns to use on a terminal.
 *
 * @param columns The width that the terminal reports: 0 if it does not know, as in many containers.
 */
export function usableWidth(columns: number): number {
  return columns === 0 ? UNKNOWN_WIDTH : Math.max(columns, 40);
}
