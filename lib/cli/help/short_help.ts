/**
 * Help that fits on one screen.
 *
 * @module
 */

import { plain } from "../../text/paint.ts";
import type { Command, HelpRow } from "../command.ts";
import { COMMANDS, DEFAULT_COMMAND } from "../commands.ts";
import { COMMON_FLAGS, LIST_WORDS } from "./common_flags.ts";
import { COMMON_TASKS, layOutTask, TASK_NOTES } from "./common_tasks.ts";
import { formatUsage, type HelpOptions, nameOf, termOf } from "./format_help.ts";
import { helpWidth, layOutExample, layOutRow, sentence, wrap } from "./help_lines.ts";

/** The examples of a short help: with more, it would not fit. */
const EXAMPLES = 3;

/** Formats the help of `sonde` alone and `sonde -h`: the common tasks, in at most 24 lines of 80 columns. */
export function formatTasks({ paint = plain, width: columns = 80 }: HelpOptions = {}): string {
  const width = helpWidth(columns);
  const shown = COMMON_TASKS.flatMap(({ lines }) => lines.map((line) => line.split(" ")[1]));
  const others = COMMANDS.map(({ name }) => name).filter((name) => name !== "probe" && !shown.includes(name));
  return [
    wrap("sonde shows what a web server really does on the wire. Common tasks:", 0, width),
    ...COMMON_TASKS.map((task) => layOutTask(task, width)),
    "\n",
    ...TASK_NOTES.map((note) => wrap(note, 0, width)),
    wrap(`Other commands: ${others.join(", ")}`, 0, width),
    wrap("More: sonde COMMAND -h on one screen, sonde --help and sonde COMMAND --help", 0, width),
  ].join("").replace(/^[^\n]*/, (line) => paint("heading", line));
}

/** Formats the help of `sonde COMMAND -h`: examples and the flags that people need first, on one screen. */
export async function formatShortHelp(command: Command, options: HelpOptions = {}): Promise<string> {
  const { paint = plain, width: columns = 80 } = options;
  const width = helpWidth(columns);
  const examples = command.examples.slice(0, EXAMPLES).map(([line, does]): HelpRow => [
    `${nameOf(command)} ${line}`.trimEnd(),
    does,
  ]);
  const flags = await commonFlags(command);
  const whole = `${nameOf(command)} --help`;
  return [
    formatUsage(command, { paint, width }),
    wrap(sentence(command.summary), 0, width),
    `${paint("heading", "Examples:")}\n${examples.map((row) => layOutExample(row, width)).join("")}`,
    flags.length === 0
      ? wrap(`All flags: ${whole}`, 0, width)
      : wrap(`Common flags (all: ${whole}):`, 0, width).replace(
        "Common flags",
        paint("heading", "Common flags"),
      ) +
        flags.map((row) => layOutRow(row, width)).join(""),
  ].join("\n");
}

async function commonFlags(command: Command): Promise<HelpRow[]> {
  const groups = await command.loadFlags();
  const flags = new Map(Object.values(groups).flatMap((table) => Object.entries(table)));
  return Object.entries(COMMON_FLAGS[command.name] ?? {}).flatMap(([long, does]): HelpRow[] => {
    const flag = flags.get(long);
    if (flag === undefined) return [];
    return [[termOf(long, flag), does === LIST_WORDS ? flag.parse?.words?.join(", ") ?? "" : does]];
  });
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
