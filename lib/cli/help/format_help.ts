/**
 * The whole help of a command, generated from the tables of commands and flags.
 *
 * @module
 */

import type { View } from "../../text/layout.ts";
import { type PaintOptions, plain } from "../../text/paint.ts";
import type { Command, HelpRow, HelpSections } from "../command.ts";
import { COMMANDS, DEFAULT_COMMAND } from "../commands.ts";
import type { Flag, FlagGroups } from "../flags/flag.ts";
import { COMMON_TASKS, layOutTask } from "./common_tasks.ts";
import { helpWidth, layOutExample, layOutRow, sentence, wrap } from "./help_lines.ts";
import { separateShared } from "./shared_flags.ts";

/** Options of a help text. */
export interface HelpOptions extends PaintOptions {
  /** Columns of the terminal; the help uses 40 to 120 of them. @default 80 */
  readonly width?: number | undefined;
}

/**
 * Formats the whole help of a command: first what only this command has, at the end the flags that commands share. The
 * help of the default command, which `sonde --help` shows, lists all commands and common tasks too.
 *
 * @param command The command.
 * @param options `paint` gives headings their style.
 * @returns Lines of at most `width` columns, unless one word or example is longer.
 */
export async function formatHelp(command: Command, options: HelpOptions = {}): Promise<string> {
  const { paint = plain, width: columns = 80 } = options;
  const width = helpWidth(columns);
  const groups = await command.loadFlags();
  const { own, shared } = separateShared(groups, command === DEFAULT_COMMAND);
  const sections: HelpSections = {
    ...(command === DEFAULT_COMMAND ? overview() : {}),
    "Examples": command.examples.map(([line, does]) => [`${nameOf(command)} ${line}`.trimEnd(), does]),
    ...mapValues(own, flagRows),
    ...await command.loadNotes?.(),
    "Exit codes": Object.entries(command.exitCodes),
    "Permissions": command.permissions.length > 0 ? command.permissions : [["none", ""]],
    "Differences from curl": differencesFromCurl(groups),
    ...mapValues(shared, flagRows),
  };
  return [
    formatUsage(command, { paint, width }) +
    (command === DEFAULT_COMMAND ? "       sonde COMMAND [FLAG…] …\n" : ""),
    wrap(sentence(command.summary), 0, width),
    ...(command === DEFAULT_COMMAND
      ? [
        `${paint("heading", "Common tasks:")}\n${
          COMMON_TASKS.map((task) => layOutTask(task, width)).join("")
        }`,
      ]
      : []),
    ...Object.entries(sections).flatMap(([heading, rows]) =>
      rows.length === 0 ? [] : [`${paint("heading", `${heading}:`)}\n${layOutRows(heading, rows, width)}`]
    ),
    ...describeUnits(groups).map((text) => wrap(text, 0, width)),
  ].join("\n");
}

/** Gives the words that call a command: `sonde conn`, or `sonde` for the default command. */
export function nameOf(command: Command): string {
  return command === DEFAULT_COMMAND ? "sonde" : `sonde ${command.name}`;
}

/** Formats the first line of a help text. */
export function formatUsage(command: Command, { paint, width }: Pick<View, "paint" | "width">): string {
  const usage = wrap(`Usage: ${nameOf(command)} [FLAG…] ${command.operands}`.trimEnd(), 0, width);
  return usage.replace("Usage:", paint("heading", "Usage:"));
}

function layOutRows(heading: string, rows: readonly HelpRow[], width: number): string {
  const layOut = heading === "Examples" ? layOutExample : layOutRow;
  return rows.map((row) => layOut(row, width)).join("");
}

function overview(): HelpSections {
  const rowsOf = (commands: readonly Command[]) =>
    commands.map(({ name, operands, summary }): HelpRow => [`${name} ${operands}`.trimEnd(), summary]);
  return {
    "Commands": rowsOf(COMMANDS.filter(({ aboutSonde }) => !aboutSonde)),
    "Commands about sonde itself": rowsOf(COMMANDS.filter(({ aboutSonde }) => aboutSonde)),
  };
}

function mapValues<Value, Mapped>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Mapped,
): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function differencesFromCurl(groups: FlagGroups): HelpRow[] {
  return Object.values(groups).flatMap((table) => Object.entries(table)).flatMap(
    ([long, { letter, unlikeCurl }]): HelpRow[] =>
      unlikeCurl === undefined
        ? []
        : [[letter === undefined ? `--${long}` : `-${letter}, --${long}`, unlikeCurl]],
  );
}

/** Explains the notation of durations and sizes, if a flag takes one. */
function describeUnits(groups: FlagGroups): string[] {
  const values = Object.values(groups).flatMap((table) => Object.values(table)).map(({ value = "" }) =>
    value
  );
  const units = [
    ...(values.some((value) => /TIME|MOMENT/.test(value))
      ? ["durations are written 300ms, 5s, 1m30s, 7d; a bare number means seconds"]
      : []),
    ...(values.includes("SIZE") ? ["sizes are written 512, 64KiB, 10MB"] : []),
  ];
  return units.length === 0 ? [] : [units.map(sentence).join(" ")];
}

function flagRows(table: Readonly<Record<string, Flag>>): HelpRow[] {
  return Object.entries(table).map(([long, flag]) => [termOf(long, flag), explain(flag)]);
}

/** Writes a flag with its letter and value: `-m, --max-time TIME`. */
export function termOf(long: string, flag: Flag): string {
  const letter = flag.letter === undefined ? "    " : `-${flag.letter}, `;
  const value = flag.value === undefined ? "" : flag.optional ? `[=${flag.value}]` : ` ${flag.value}`;
  return `${letter}--${long}${value}`;
}

/** Explains a flag with its default. */
export function explain(flag: Flag): string {
  const notes = [
    ...(flag.default === undefined ? [] : [`default ${flag.default}`]),
    ...(flag.many ? ["may be repeated"] : []),
  ];
  return flag.help + (notes.length > 0 ? ` (${notes.join(", ")})` : "");
}
