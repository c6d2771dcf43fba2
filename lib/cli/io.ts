/**
 * The parts of the process that a command uses, as an object.
 *
 * @module
 */

import type { Paint } from "../text/paint.ts";
import type { ColorChoice } from "./output/color_choice.ts";
import { paintFor } from "./output/colours.ts";
import type { Output } from "./output/output.ts";

/** The parts of the process that a command uses. A test replaces them. */
export interface CommandIo {
  /** Standard output, for results only. */
  readonly stdout: Output;
  /** Standard error, for notes, progress and errors. */
  readonly stderr: Output;
  readonly stdin: ReadableStream<Uint8Array>;
  /** Aborted when the user interrupts the run. The command then ends at once, with exit code 130. */
  readonly signal: AbortSignal;
  /** Gives the styles for an output: colours on a terminal, or as `--color` says. */
  paintFor(output: Output): Promise<Paint>;
  /** Columns of the terminal, or 80 without a terminal. */
  readonly width: number;
  /** A monotonic clock in milliseconds. */
  now(): number;
}

/** Makes the object for this process; the options hold the parts that differ from run to run. */
export function createIo(
  options: Pick<CommandIo, "stdout" | "stderr" | "signal"> & { color: ColorChoice },
): CommandIo {
  const { stdout, stderr, signal, color } = options;
  return {
    stdout,
    stderr,
    signal,
    paintFor: (output) => Promise.resolve(paintFor(output, { color })),
    width: Deno.stdout.isTerminal() ? usableWidth(Deno.consoleSize().columns) : 80,
    now: () => performance.now(),
    get stdin() {
      return Deno.stdin.readable;
    },
  };
}

/**
 * Gives the columns to use on a terminal.
 *
 * @param columns The width that the terminal reports: 0 if it does not know, as in many containers.
 */
export function usableWidth(columns: number): number {
  return columns === 0 ? 80 : Math.max(columns, 40);
}
