/**
 * Writes notes on stderr.
 *
 * @module
 */

import { escapeMessage } from "../../text/escape/text.ts";
import { layOut } from "../../text/layout.ts";
import { plain } from "../../text/paint.ts";
import type { CommandIo } from "../io.ts";

/** Formats a note: on a terminal it is broken between words, in a log it stays one line. */
export function formatNote(text: string, { stderr, widthOf }: Pick<CommandIo, "stderr" | "widthOf">): string {
  const note = `sonde: ${text}`;
  if (!stderr.terminal) return `${escapeMessage(note)}\n`;
  const view = { width: widthOf(stderr), paint: plain, verbose: false };
  return `${layOut([note], view).join("\n")}\n`;
}

/** Writes notes on stderr, each on a line of its own. */
export async function writeNotes(
  texts: readonly string[],
  io: Pick<CommandIo, "stderr" | "widthOf">,
): Promise<void> {
  await io.stderr.write(texts.map((text) => formatNote(text, io)).join(""));
}

/** Writes a note on stderr. */
export function writeNote(text: string, io: Pick<CommandIo, "stderr" | "widthOf">): Promise<void> {
  return io.stderr.write(formatNote(text, io));
}
