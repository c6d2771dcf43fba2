/**
 * Makes an output for messages that may be lost.
 *
 * @module
 */

import type { Output } from "./output.ts";

/**
 * Makes an output that never fails: a log on a full disk must not end a run that can go on without it.
 *
 * @param onLost Called with the error for each text that could not be written.
 */
export function lossyOutput(output: Output, onLost: (error: unknown) => void): Output {
  return {
    terminal: output.terminal,
    get broken(): boolean {
      return output.broken;
    },
    async write(text: string): Promise<void> {
      try {
        await output.write(text);
      } catch (error) {
        onLost(error);
      }
    },
  };
}
