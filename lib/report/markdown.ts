/**
 * Results as a table in Markdown (GitHub's).
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { escapeMarkdown } from "../text/escape/markdown.ts";
import { escapeText } from "../text/escape/text.ts";
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

function setRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** What a table shows. */
export interface MarkdownOptions {
  /** Whether the name of the check, or the tag that a list gave, stands before what was probed. @default {false} */
  readonly tagged?: boolean | undefined;
}

/** The two lines at the head of the table, LF between them. */
export function formatMarkdownHeader({ tagged = false }: MarkdownOptions = {}): string {
  const own = tagged ? ["check", "input"] : ["input"];
  const titles = [...own, ...SHOWN.map((name) => COLUMNS[name].title)];
  const rules = [...own.map(() => "---"), ...SHOWN.map((name) => COLUMNS[name].right ? "---:" : "---")];
  return `${setRow(titles)}\n${setRow(rules)}`;
}

/** One result as one row of the table, without the line end. Text of a peer is never markup. */
export function formatMarkdownRow(result: ProbeResult, { tagged = false }: MarkdownOptions = {}): string {
  const { tag = "", input } = result;
  const cells = SHOWN.map((name) => escapeMarkdown(COLUMNS[name].text(result).trim()));
  return setRow([...(tagged ? [ownText(tag)] : []), ownText(input), ...cells]);
}

/** The colon of the user's own URL may make a link of it; that of a peer's may not. */
function ownText(text: string): string {
  return escapeMarkdown(escapeText(text)).replaceAll("&#58;", ":");
}
