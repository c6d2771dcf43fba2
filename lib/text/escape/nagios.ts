import { escapeMessage } from "./text.ts";

/** Escapes text for the output of a monitoring plugin, where `|` begins the data and `<` is HTML to some front ends. */
export function escapeNagios(text: string): string {
  return escapeMessage(text).replaceAll("|", "\\x7c").replaceAll("<", "\\x3c");
}
