/**
 * Escapes text for the format of Prometheus, version 0.0.4.
 *
 * @module
 */

import { escapeMessage } from "./text.ts";

/** Escapes the value of a label: backslash, quote and line feed; a control character becomes `\\\\x1b`. */
export function escapeLabel(value: string): string {
  return escapeHelp(escapeMessage(value)).replaceAll('"', '\\"');
}

/** Escapes the help of a metric: backslash and line feed. */
export function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
