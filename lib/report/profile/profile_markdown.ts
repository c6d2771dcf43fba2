/**
 * Formats a connection profile in Markdown.
 *
 * @module
 */

import type { ConnectionProfile } from "../../result.ts";
import { describeActual } from "../describe_check.ts";
import { escapeMessage } from "../../text/escape/text.ts";
import { escapeMarkdown } from "../../text/escape/markdown.ts";

/**
 * Formats a connection profile in Markdown: its experiments, findings and expectations as tables. Text from a
 * peer never becomes markup.
 *
 * @returns Lines joined by LF, without one at the end
 */
export function formatProfileMarkdown(profile: ConnectionProfile): string {
  const { url, startedAt, error, experiments, findings, checks } = profile;
  const sections = [
    [`## Connections of ${cell(url)}`, "", `Measured at ${cell(startedAt)}.`],
    error === undefined ? [] : [`**Failed**: ${cell(`${error.kind} in ${error.phase}: ${error.message}`)}`],
    table(
      ["experiment", "outcome", "summary"],
      Object.entries(experiments).map(([name, { outcome, summary }]) => [name, outcome, summary]),
    ),
    table(
      ["finding", "severity", "message", "advice"],
      findings.map(({ code, severity, message, advice }) => [code, severity, message, advice]),
    ),
    table(
      ["expectation", "holds", "found"],
      checks.map((check) => [
        check.expect,
        check.ok ? "yes" : check.advice === undefined ? "no" : "unknown",
        check.ok ? "" : describeActual(check),
      ]),
    ),
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map((cells) => line(cells.map(cell)))];
}

function cell(text: string): string {
  return escapeMarkdown(escapeMessage(text));
}
