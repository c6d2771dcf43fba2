/**
 * Makes text of a user or a server safe and short enough for a page.
 *
 * @module
 */

import { formatCount } from "../../../text/count.ts";
import { escapeHtml } from "../../../text/escape/html.ts";
import { escapeText } from "../../../text/escape/text.ts";

/** Most characters of one text. A line of a list may have any length, and a page has thousands of lines. */
const LONGEST = 1_000;

/** Renders text that sonde did not write: a target, a tag. The direction of its letters does not affect its surroundings. */
export function renderText(text: string): string {
  return isolate(escapeText(shorten(text)));
}

/** Renders text in which everything from elsewhere has been escaped already. */
export function renderMessage(message: string): string {
  return isolate(shorten(message));
}

function isolate(text: string): string {
  return `<bdi>${escapeHtml(text)}</bdi>`;
}

function shorten(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST)}… (${formatCount(text.length)} characters)`;
}
