/**
 * Results as a table in Markdown (GitHub's).
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { escapeText } from "./escape.ts";
import { COLUMNS, type LineColumn } from "./line_columns.ts";

const SHOWN: readonly LineColumn[] = [
  "status",
  "time",
  "address",
  "server",
  "framing",
  "connection",
  "deviations",
  "error",
];
/** What Markdown or HTML in it would take for markup. */
const MARKUP = /[\\`*_{}[\]<>()#|~&!@:]/g;

/** Every character that may be markup as a character reference, which no reader of Markdown takes for it. */
export function escapeMarkdown(text: string): string {
  return text.replace(MARKUP, (character) => `&#${character.charCodeAt(0)};`);
}

function setRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** The two lines at the head of the table, LF between them. */
export function formatMarkdownHeader(): string {
  const titles = ["input", ...SHOWN.map((name) => COLUMNS[name].title)];
  const rules = ["---", ...SHOWN.map((name) => COLUMNS[name].right ? "---:" : "---")];
  return `${setRow(titles)}\n${setRow(rules)}`;
}

/** One result as one row of the table, without the line end. Text of a peer is never markup. */
export function formatMarkdownRow(result: ProbeResult): string {
  const cells = SHOWN.map((name) => escapeMarkdown(COLUMNS[name].text(result).trim()));
  // The colon of the user's own URL may make a link of it; that of a peer's may not.
  return setRow([escapeMarkdown(escapeText(result.input)).replaceAll("&#58;", ":"), ...cells]);
}
