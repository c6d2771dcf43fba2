/**
 * The manual page, from the tables of commands and flags.
 *
 * @module
 */

import type { Command, HelpRow } from "../../command.ts";
import type { Flag, FlagTable } from "../../flags/flag.ts";
import { COMMON_TASKS } from "../../help/common_tasks.ts";
import { explain, nameOf } from "../../help/format_help.ts";
import { sentence } from "../../help/help_lines.ts";
import { separateShared } from "../../help/shared_flags.ts";
import { bold, escapeRoff, heading, italic, literal, paragraph, prose, term } from "./roff.ts";

/** The version and the date of a page. */
export interface PageOrigin {
  readonly version: string;
  /** The day of the page: `2026-11-30`. */
  readonly date: string;
}

/**
 * Formats the manual page of all commands.
 *
 * @param commands All commands; the first one runs without a name, and its flags are the model of all others.
 * @param origin The version and the date, which stand in the margins.
 * @returns A page for man(7) in ASCII.
 */
export async function formatManPage(
  commands: readonly [Command, ...Command[]],
  { version, date }: PageOrigin,
): Promise<string> {
  const [probe, ...others] = commands;
  return [
    `.TH SONDE 1 ${date} "sonde ${escapeRoff(version)}" "User Commands"\n`,
    // Neither hyphens nor wide gaps: words of the command line must stay as they are.
    ".nh\n.ad l\n",
    heading("SH", "NAME"),
    "sonde \\- show what a web server really does on the wire\n",
    heading("SH", "SYNOPSIS"),
    synopsis(commands),
    heading("SH", "DESCRIPTION"),
    DESCRIPTION.map(prose).map(paragraph).join(".PP\n"),
    heading("SH", "COMMON TASKS"),
    COMMON_TASKS.map(({ does, lines }) => paragraph(prose(sentence(does))) + literal(lines)).join(
      ".PP\n",
    ),
    heading("SH", "COMMANDS"),
    commands.map(commandTerm).join(""),
    await formatCommand(probe, probe),
    ...await Promise.all(others.map((command) => formatCommand(command, probe))),
    heading("SH", "ENVIRONMENT"),
    term(bold("NO_COLOR"), "if it is set, sonde prints no colours"),
    heading("SH", "SEE ALSO"),
    `${bold("curl")}(1), ${bold("deno")}(1)\n`,
  ].join("");
}

const DESCRIPTION: readonly string[] = [
  "sonde opens the TCP or TLS connection itself, writes the request itself, and reads every octet of the answer " +
  "itself. So it can report what HTTP libraries hide: how the body was framed, which rules the answer broke, who " +
  "closed the connection and how, and where the time went.",
  "Flags mean what they mean in curl, with a few exceptions. Durations are written 300ms, 5s, 1m30s or 7d, and a bare " +
  "number means seconds. Sizes are written 512, 64KiB or 10MB.",
];

function synopsis(commands: readonly Command[]): string {
  return commands.map((command) =>
    paragraph(`${bold(nameOf(command))} [${italic("FLAG")}...] ${italic(command.operands)}`.trimEnd())
  ).join(".br\n");
}

function commandTerm(command: Command): string {
  const operands = command.operands === "" ? "" : ` ${italic(command.operands)}`;
  return term(`${bold(`sonde ${command.name}`)}${operands}`, prose(sentence(command.summary)));
}

/** Formats the section of a command: what only this command has, and the names of the flags that it shares. */
async function formatCommand(command: Command, probe: Command): Promise<string> {
  const { own, shared } = separateShared(await command.loadFlags(), command === probe);
  const general = Object.values(shared).flatMap((table) => Object.keys(table));
  const notes = await command.loadNotes?.() ?? {};
  return [
    heading("SH", `SONDE ${command === probe ? "URL" : command.name.toUpperCase()}`),
    paragraph(prose(sentence(command.summary))),
    ...Object.entries(own).map(([title, table]) => heading("SS", title) + formatFlags(table)),
    ...(command === probe
      ? Object.entries(shared).map(([title, table]) => heading("SS", title) + formatFlags(table))
      : [formatShared(general)]),
    ...Object.entries(notes).map(([title, rows]) => heading("SS", title) + formatRows(rows)),
    heading("SS", "Examples"),
    command.examples.map(([line, does]) =>
      paragraph(prose(sentence(does))) + literal([`${nameOf(command)} ${line}`.trimEnd()])
    ).join(".PP\n"),
    heading("SS", "Exit codes"),
    formatRows(Object.entries(command.exitCodes)),
    ...(command.permissions.length === 0
      ? []
      : [heading("SS", "Permissions of Deno"), formatRows(command.permissions)]),
  ].join("");
}

function formatShared(names: readonly string[]): string {
  const list = names.map((name) => bold(`--${name}`)).join(", ");
  return heading("SS", "Flags as for sonde URL") + paragraph(list);
}

function formatFlags(table: FlagTable): string {
  return Object.entries(table).map(([long, flag]) =>
    term(formatFlag(long, flag), prose(explain(flag))) +
    (flag.unlikeCurl === undefined ? "" : `.IP\n${paragraph(prose(`unlike curl: ${flag.unlikeCurl}`))}`)
  ).join("");
}

function formatFlag(long: string, { letter, value, optional }: Flag): string {
  const names = `${letter === undefined ? "" : `${bold(`-${letter}`)}, `}${bold(`--${long}`)}`;
  if (value === undefined) return names;
  return optional ? `${names}[=${italic(value)}]` : `${names} ${italic(value)}`;
}

/** Formats terms with their explanations; lines without an explanation are an example. */
function formatRows(rows: readonly HelpRow[]): string {
  if (rows.every(([, explanation]) => explanation === "")) return literal(rows.map(([line]) => line));
  return rows.map(([name, explanation]) => term(bold(name), prose(explanation))).join("");
}
