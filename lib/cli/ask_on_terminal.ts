/**
 * Asks a question on the terminal.
 *
 * @module
 */

import { escapeMessage } from "../text/escape/text.ts";
import type { Output } from "./output/output.ts";

/** The most bytes that a line of a terminal has. */
const LONGEST_LINE = 4_096;

/**
 * Asks on stderr and reads one line of stdin. Everything but `y` and `yes` means no, and so does an interruption.
 *
 * @param question A sentence with its question mark.
 */
export async function askOnTerminal(
  question: string,
  { stderr, signal }: { readonly stderr: Output; readonly signal: AbortSignal },
  stdin: Pick<typeof Deno.stdin, "read"> = Deno.stdin,
): Promise<boolean> {
  await stderr.write(`${escapeMessage(question)} [y/N] `);
  const { promise: interrupted, resolve } = Promise.withResolvers<null>();
  const interrupt = () => resolve(null);
  signal.addEventListener("abort", interrupt);
  if (signal.aborted) interrupt();
  try {
    const line = new Uint8Array(LONGEST_LINE);
    const length = await Promise.race([stdin.read(line), interrupted]);
    // Nothing ended the line: the end of the input, or an interruption.
    if (length === null) await stderr.write("\n");
    const answer = new TextDecoder().decode(line.subarray(0, length ?? 0));
    return /^\s*y(?:es)?\s*$/i.test(answer);
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}
