import { escapeMessage } from "./text.ts";
import { escapeXml } from "./xml.ts";

/** Escapes text for an element or attribute of HTML: the result has no markup and no invisible characters. */
export function escapeHtml(text: string): string {
  return escapeXml(escapeMessage(text));
}
