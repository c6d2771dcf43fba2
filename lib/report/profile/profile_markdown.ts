/**
 * Formats a connection profile in Markdown, for a ticket.
 *
 * @module
 */

import type { ConnectionProfile, Endpoint } from "../../result.ts";
import { formatQuantity } from "../../text/count.ts";
import { escapeMarkdown, escapeOwnMarkdown } from "../../text/escape/markdown.ts";
import { escapeMessage, escapeText } from "../../text/escape/text.ts";
import { describeActual } from "../describe_check.ts";
import { FAULTS, PHASES } from "../text/error.ts";
import { outlineProfile, type ProfileOutline, type ProvenFinding } from "./profile_outline.ts";

/** Options of {@linkcode formatProfileMarkdown}. */
export interface ProfileMarkdownOptions {
  /** The command line that makes the profile again, without secrets. */
  readonly command?: string | undefined;
  /** The version of sonde that measured the profile, if it is known. */
  readonly version?: string | undefined;
}

/**
 * Formats a connection profile in Markdown: a title, what was measured when and from where, the findings with evidence and
 * advice, the expectations, a table of the experiments, and the command that repeats it. Text from a peer never becomes
 * markup.
 *
 * @returns Lines joined by LF, without one at the end
 */
export function formatProfileMarkdown(
  profile: ConnectionProfile,
  options: ProfileMarkdownOptions = {},
): string {
  const { error, checks } = profile;
  const outline = outlineProfile(profile);
  const rows = outline.rows.map(({ name, report, measured }) => [name, report.outcome, measured]);
  const sections = [
    [`## ${titleOf(profile, outline)}`, "", describeMeasurement(profile, options.version)],
    error === undefined ? [] : [
      `**FAILED: ${cell(error.kind)}** ${PHASES[error.phase]} (${FAULTS[error.by]}): ${cell(error.message)}`,
    ],
    list(outline.wrong),
    table(
      ["expectation", "holds", "found"],
      checks.map((check) => [
        check.expect,
        check.ok ? "yes" : check.advice === undefined ? "no" : "unknown",
        check.ok ? "" : describeActual(check),
      ]),
    ),
    table(["experiment", "outcome", "what was measured"], rows),
    list(outline.notes),
    repeat(options.command),
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
}

function titleOf({ url, error }: ConnectionProfile, { verdict, rows }: ProfileOutline): string {
  const outcome = rows.length > 0 ? verdict : error === undefined ? "nothing was measured" : `${error.kind}`;
  return `Connections of ${escapeOwnMarkdown(escapeText(url))}: ${cell(outcome)}`;
}

function describeMeasurement(
  { startedAt, contact, experiments }: ConnectionProfile,
  version: string | undefined,
): string {
  const [day = "", time = ""] = startedAt.replace(/\.\d+Z$|Z$/, "").split("T");
  const made = Object.values(experiments).filter(({ outcome }) => outcome !== "skipped").length;
  const what = made === 0 ? "" : ` with ${formatQuantity(made, "experiment")}`;
  const where = contact === undefined
    ? ""
    : `, from ${hostOf(contact.local)} to ${cell(endpoint(contact.peer))}`;
  return `Measured on ${cell(day)} at ${cell(time)} UTC by sonde${
    version === undefined ? "" : ` ${version}`
  }${what}${where}.`;
}

/** Gives the address of this machine; its port says nothing. */
function hostOf({ address, port }: Endpoint): string {
  // A Unix socket of a client has no name.
  return port === 0 ? "this machine" : cell(address);
}

function endpoint({ address, port }: Endpoint): string {
  if (port === 0) return address;
  return `${address.includes(":") ? `[${address}]` : address} port ${port}`;
}

function list(findings: readonly ProvenFinding[]): string[] {
  return findings.flatMap(({ finding, evidence }) => {
    const { code, severity, experiment, message, advice } = finding;
    return [
      `- **${severity}: ${cell(code)}** (${cell(experiment)})`,
      `  - Found: ${cell(message)}`,
      ...evidence === undefined ? [] : [`  - Measured: ${cell(evidence)}`],
      `  - Advice: ${cell(advice)}`,
    ];
  });
}

function repeat(command: string | undefined): string[] {
  if (command === undefined) return [];
  // A fence is longer than every run of backticks in it (CommonMark §4.5).
  const longest = Math.max(2, ...Array.from(command.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return ["To measure it again:", "", `${fence}sh`, escapeMessage(command), fence];
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map((cells) => line(cells.map(cell)))];
}

function cell(text: string): string {
  return escapeMarkdown(escapeMessage(text));
}
