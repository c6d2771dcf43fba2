import { escapeMessage } from "./text.ts";
import { escapeXml } from "./xml.ts";

/** Escapes text for an element or attribute of HTML: no markup is left, and nothing invisible. */
export function escapeHtml(text: string): string {
  return escapeXml(escapeMessage(text));
}
