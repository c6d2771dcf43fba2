/**
 * Results as a table in Markdown (GitHub's).
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../text/check_options.ts";
import type { ProbeResult } from "../result.ts";
import { escapeMarkdown, escapeOwnMarkdown } from "../text/escape/markdown.ts";
import { escapeMessage, escapeText } from "../text/escape/text.ts";
import { type CheckOutcome, describeEndingCertificate } from "./check_outcome.ts";
import { type Formatter, lineFormatter } from "./formatter.ts";
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

/** The columns of a table of checks; the cause of the verdict takes the place of the error. */
const SHOWN_OF_CHECKS = SHOWN.filter((name) => name !== "error");

/** Formats the head of the table: two lines with LF between them. */
export function formatMarkdownHeader(options: MarkdownOptions = {}): string {
  checkOptions(options, MARKDOWN_OPTION_NAMES);
  const { tagged = false } = options;
  return setHeader(tagged ? ["check", "input"] : ["input"], SHOWN);
}

function setHeader(
  own: readonly string[],
  shown: readonly RowColumn[],
  last: readonly string[] = [],
): string {
  const titles = [...own, ...shown.map((name) => COLUMNS[name].title), ...last];
  const rules = [
    ...own.map(() => "---"),
    ...shown.map((name) => COLUMNS[name].right ? "---:" : "---"),
    ...last.map(() => "---"),
  ];
  return `${setRow(titles)}\n${setRow(rules)}`;
}

/** Makes a formatter for a table of checks: name, verdict, facts of the result, and the cause of the verdict. */
export function checkMarkdownFormatter(): Formatter {
  return lineFormatter(
    (result, { check } = {}) => formatCheckRow(result, check),
    setHeader(["check", "verdict", "input"], SHOWN_OF_CHECKS, ["cause"]),
  );
}

function formatCheckRow(result: ProbeResult, check: CheckOutcome | undefined): string {
  const { name = "", verdict = "", cause = null, certificate, excluded } = check ?? {};
  const causes = [
    ...(excluded === undefined ? [] : ["in maintenance"]),
    ...(cause === null ? [] : [cause]),
    ...(certificate === undefined ? [] : [describeEndingCertificate(certificate)]),
  ];
  return setRow([
    ownText(name),
    verdict,
    ownText(result.input),
    ...cellsOf(result, SHOWN_OF_CHECKS),
    escapeMarkdown(escapeMessage(causes.join(", "))),
  ]);
}

function cellsOf(result: ProbeResult, shown: readonly RowColumn[]): string[] {
  return shown.map((name) => escapeMarkdown(COLUMNS[name].text(result).trim()));
}

/** Formats a result as one row of the table, without the line end. Text from a peer never becomes markup. */
export function formatMarkdownRow(result: ProbeResult, options: MarkdownOptions = {}): string {
  checkOptions(options, MARKDOWN_OPTION_NAMES);
  const { tagged = false } = options;
  const { tag = "", input } = result;
  return setRow([...(tagged ? [ownText(tag)] : []), ownText(input), ...cellsOf(result, SHOWN)]);
}

/** Escapes text of the user. Its URLs may become links, while those from a peer may not. */
function ownText(text: string): string {
  return escapeOwnMarkdown(escapeText(text));
}
