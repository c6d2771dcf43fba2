/**
 * Messages that may be lost.
 *
 * @module
 */

import type { Output } from "./output.ts";

/**
 * An output that never fails: a log on a full disk must not end what goes on without it.
 *
 * @param onLost Told what was thrown, for each text that could not be written.
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
