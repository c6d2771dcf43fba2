/**
 * Help that fits on one screen.
 *
 * @module
 */

import { type Paint, plain } from "../../text/paint.ts";
import type { Command, HelpRow } from "../command.ts";
import { COMMANDS, DEFAULT_COMMAND } from "../commands.ts";
import { COMMON_FLAGS } from "./common_flags.ts";
import { COMMON_TASKS, TASK_NOTES } from "./common_tasks.ts";
import { formatUsage, type HelpOptions, nameOf, termOf } from "./format_help.ts";
import { helpWidth, layOutExample, layOutRow, sentence, wrap } from "./help_lines.ts";

/** The examples of a short help: with more, it would not fit. */
const EXAMPLES = 3;

/** The column at which the command lines of the common tasks begin. */
const COMMAND_COLUMN = 28;

/** Formats the help of `sonde` alone and `sonde -h`: the common tasks, in at most 24 lines of 80 columns. */
export function formatTasks({ paint = plain, width: columns = 80 }: HelpOptions = {}): string {
  const width = helpWidth(columns);
  const names = COMMANDS.map(({ name }) => name).join(" ");
  return [
    `${paint("heading", "sonde shows what a web server really does on the wire.")} Common tasks:\n\n`,
    ...COMMON_TASKS.flatMap(({ does, lines }) =>
      lines.map((line, index) => layOutRow([index === 0 ? does : "", line], width, COMMAND_COLUMN))
    ),
    "\n",
    ...TASK_NOTES.map((note) => wrap(note, 0, width)),
    wrap(`Commands: ${names}`, 0, width),
    wrap("More: sonde COMMAND -h (one screen), sonde COMMAND --help, sonde --help (all)", 0, width),
  ].join("");
}

/** Formats the help of `sonde COMMAND -h`: examples and the flags that people need first, on one screen. */
export async function formatShortHelp(command: Command, options: HelpOptions = {}): Promise<string> {
  const { paint = plain, width: columns = 80 } = options;
  const width = helpWidth(columns);
  const examples = command.examples.slice(0, EXAMPLES).map(([line, does]): HelpRow => [
    `${nameOf(command)} ${line}`.trimEnd(),
    does,
  ]);
  return [
    formatUsage(command, paint),
    wrap(sentence(command.summary), 0, width),
    `${paint("heading", "Examples:")}\n${examples.map((row) => layOutExample(row, width)).join("")}`,
    ...await describeCommonFlags(command, { paint, width }),
    wrap(`Everything: ${nameOf(command)} --help`, 0, width),
  ].join("\n");
}

async function describeCommonFlags(
  command: Command,
  { paint, width }: { readonly paint: Paint; readonly width: number },
): Promise<string[]> {
  const groups = await command.loadFlags();
  const flags = new Map(Object.values(groups).flatMap((table) => Object.entries(table)));
  const rows = Object.entries(COMMON_FLAGS[command.name] ?? {}).flatMap(([long, does]): HelpRow[] => {
    const flag = flags.get(long);
    return flag === undefined ? [] : [[termOf(long, flag), does]];
  });
  if (rows.length === 0) return [];
  return [`${paint("heading", "Common flags:")}\n${rows.map((row) => layOutRow(row, width)).join("")}`];
}

/**
 * Chooses between the short helps.
 *
 * @param command The command.
 * @param named True if the user wrote its name.
 */
export async function formatOneScreen(
  command: Command,
  named: boolean,
  options: HelpOptions,
): Promise<string> {
  return command === DEFAULT_COMMAND && !named
    ? formatTasks(options)
    : await formatShortHelp(command, options);
}
