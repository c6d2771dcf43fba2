/**
 * Refuses arguments that lost bytes on their way to sonde.
 *
 * @module
 */

import { UsageError } from "../usage_error.ts";

/**
 * Refuses U+FFFD, which Deno puts in place of bytes that are not UTF-8: the original bytes are lost.
 *
 * @throws {UsageError} If the text has it.
 */
export function refuseLostOctets(text: string): void {
  if (!text.includes("\ufffd")) return;
  throw new UsageError(
    `Cannot use "${text}": it has bytes that are not UTF-8, which Deno shows as \ufffd; ` +
      "write %E9 in a URL, and -d @FILE for data",
  );
}
