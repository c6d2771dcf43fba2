/**
 * The process, as a command sees it.
 *
 * @module
 */

import type { Paint } from "../text/paint.ts";
import { paintFor } from "./output/colours.ts";
import type { Output } from "./output/output.ts";

/** Everything that a command needs of the process, so that it can be tested without one. */
export interface CommandIo {
  /** Results and nothing else. */
  readonly stdout: Output;
  /** Notes, progress and errors. */
  readonly stderr: Output;
  readonly stdin: ReadableStream<Uint8Array>;
  /** Aborted when the user interrupts the run; the command then ends at once, and the run with exit code 130. */
  readonly signal: AbortSignal;
  /** Loads the styles for an output: colours where a person reads it on a terminal and has not refused them. */
  paintFor(output: Output): Promise<Paint>;
  /** Columns of the terminal, 80 where there is none. */
  readonly width: number;
  /** A monotonic clock in milliseconds. */
  now(): number;
}

/** The process as seen by a command, except for what differs from run to run. */
export function createIo(
  options: Pick<CommandIo, "stdout" | "stderr" | "signal"> & { noColor: boolean },
): CommandIo {
  const { stdout, stderr, signal, noColor } = options;
  return {
    stdout,
    stderr,
    signal,
    paintFor: (output) => paintFor(output, { noColor }),
    width: stdout.terminal ? usableWidth(Deno.consoleSize().columns) : 80,
    now: () => performance.now(),
    get stdin() {
      return Deno.stdin.readable;
    },
  };
}

/**
 * Columns to write in on a terminal.
 *
 * @param columns What the terminal says: 0 where it does not know, as in many containers.
 */
export function usableWidth(columns: number): number {
  return columns === 0 ? 80 : Math.max(columns, 40);
}
