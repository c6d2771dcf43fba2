/**
 * Results as a table in Markdown (GitHub's).
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../text/check_options.ts";
import type { ProbeResult } from "../result.ts";
import { escapeMarkdown } from "../text/escape/markdown.ts";
import { escapeText } from "../text/escape/text.ts";
import { COLUMNS, type RowColumn } from "./row_columns.ts";

const SHOWN: readonly RowColumn[] = [
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

/** Options of a table. */
export interface MarkdownOptions {
  /** Shows the name of the check, or the tag from the list, in front of the input. @default {false} */
  readonly tagged?: boolean | undefined;
}

const MARKDOWN_OPTION_NAMES = { tagged: true } as const satisfies OptionNames<MarkdownOptions>;

/** Formats the head of the table: two lines with LF between them. */
export function formatMarkdownHeader(options: MarkdownOptions = {}): string {
  checkOptions(options, MARKDOWN_OPTION_NAMES);
  const { tagged = false } = options;
  const own = tagged ? ["check", "input"] : ["input"];
  const titles = [...own, ...SHOWN.map((name) => COLUMNS[name].title)];
  const rules = [...own.map(() => "---"), ...SHOWN.map((name) => COLUMNS[name].right ? "---:" : "---")];
  return `${setRow(titles)}\n${setRow(rules)}`;
}

/** Formats a result as one row of the table, without the line end. Text from a peer never becomes markup. */
export function formatMarkdownRow(result: ProbeResult, options: MarkdownOptions = {}): string {
  checkOptions(options, MARKDOWN_OPTION_NAMES);
  const { tagged = false } = options;
  const { tag = "", input } = result;
  const cells = SHOWN.map((name) => escapeMarkdown(COLUMNS[name].text(result).trim()));
  return setRow([...(tagged ? [ownText(tag)] : []), ownText(input), ...cells]);
}

/** Escapes text of the user. Its URLs may become links, while those from a peer may not. */
function ownText(text: string): string {
  return escapeMarkdown(escapeText(text)).replaceAll("&#58;", ":");
}
